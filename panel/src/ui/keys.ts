import { useEffect, useRef } from 'react';
import { preferences } from './preferences';

/**
 * Keys in words: 'c', '/', 'g h' (one after the other), 'mod+k' (Ctrl, or Command on a Mac).
 * Single keys rest while somebody types, or a dialog is open or about to be, and can be switched off in the profile.
 */
type Handler = (event: KeyboardEvent) => void;
export type KeyMap = Record<string, Handler>;

const layers: { current: KeyMap }[] = [];
let pending = '';
let pendingSince = 0;
const SEQUENCE_MS = 1200;

/** Newer ones win. */
export function useKeys(map: KeyMap, enabled = true) {
    useLayer(map, enabled, 'push');
}

/** For what no screen wants. */
export function useLastKeys(map: KeyMap, enabled = true) {
    useLayer(map, enabled, 'unshift');
}

function useLayer(map: KeyMap, enabled: boolean, add: 'push' | 'unshift') {
    const latest = useRef(map);
    latest.current = map;
    useEffect(() => {
        if (!enabled) return;
        layers[add](latest);
        return () => {
            layers.splice(layers.indexOf(latest), 1);
        };
    }, [enabled, add]);
}

export function nameOf(event: KeyboardEvent): string {
    const mod = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!mod) return key;
    return event.shiftKey ? `mod+shift+${key}` : `mod+${key}`;
}

function isTyping(event: KeyboardEvent): boolean {
    const target = event.target as HTMLElement | null;
    if (!target?.closest) return false;
    return (
        target.closest(
            'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]',
        ) !== null
    );
}

function dialogOpen(): boolean {
    return (
        document.querySelector(
            '[role="dialog"][aria-modal="true"], [role="menu"], [data-opening]',
        ) !== null
    );
}

function find(name: string): Handler | undefined {
    for (const layer of layers.toReversed()) {
        const handler = layer.current[name];
        if (handler) return handler;
    }
    return undefined;
}

export function onKeyDown(event: KeyboardEvent) {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const name = nameOf(event);
    const single = !name.startsWith('mod+');
    if (single && (isTyping(event) || dialogOpen() || !preferences().keys)) return;
    const sequence =
        single && pending && event.timeStamp - pendingSince < SEQUENCE_MS
            ? `${pending} ${name}`
            : '';
    const handler = (sequence && find(sequence)) || find(name);
    pending = single && !handler ? name : '';
    pendingSince = event.timeStamp;
    if (!handler) return;
    event.preventDefault();
    handler(event);
}

document.addEventListener('keydown', onKeyDown);

export const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';
