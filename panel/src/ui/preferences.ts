import { useSyncExternalStore } from 'react';

/** What a person sets for this browser alone. */
export interface Preferences {
    /** Single keys (c, /, g h) act. WCAG 2.1.4 wants a way to switch them off. */
    keys: boolean;
    compact: boolean;
}

const KEY = 'panel.preferences';
const listeners = new Set<() => void>();
let current: Preferences = { keys: true, compact: false, ...stored() };
document.documentElement.toggleAttribute('data-compact', current.compact);

function stored(): Partial<Preferences> {
    try {
        return JSON.parse(localStorage.getItem(KEY) ?? '{}');
    } catch {
        return {};
    }
}

export function prefer(change: Partial<Preferences>) {
    current = { ...current, ...change };
    document.documentElement.toggleAttribute('data-compact', current.compact);
    try {
        localStorage.setItem(KEY, JSON.stringify(current));
    } catch {
        // It holds for this visit then.
    }
    for (const listener of listeners) listener();
}

export const preferences = () => current;

export function usePreferences(): Preferences {
    return useSyncExternalStore(
        listener => {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
        () => current,
    );
}
