import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { m } from '../paraglide/messages.js';
import { Button, IconButton } from './Button';
import { useLastKeys } from './keys';
import classes from './toast.module.css';

interface Toast {
    id: number;
    message: string;
    undo?: (() => void) | undefined;
}

const SHOWN_MS = 8000;
let current: Toast | null = null;
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: Toast | null) {
    current = next;
    for (const listener of listeners) listener();
}

/**
 * Done at once, with a way back for eight seconds. One at a time: a newer word replaces the older. The answer
 * takes this one away, and no other.
 */
export function toast(message: string, undo?: () => void): () => void {
    const id = ++lastId;
    set({ id, message, undo });
    return () => {
        if (current?.id === id) set(null);
    };
}

export function closeToast() {
    set(null);
}

const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
};

export function Toasts() {
    const shown = useSyncExternalStore(subscribe, () => current);
    const undo = () => {
        shown?.undo?.();
        closeToast();
    };
    // A screen with a history has the key for itself: there it takes back the last change, whatever a toast offers.
    useLastKeys({ 'mod+z': undo }, Boolean(shown?.undo));
    return (
        <div className={classes.place} role="status" aria-live="polite">
            {shown && <ToastCard key={shown.id} toast={shown} onUndo={undo} />}
        </div>
    );
}

function ToastCard({ toast, onUndo }: { toast: Toast; onUndo: () => void }) {
    const clock = useClock(SHOWN_MS, closeToast);
    return (
        <div className={classes.toast} {...clock}>
            <span className={classes.words}>{toast.message}</span>
            {toast.undo && (
                <Button kind="soft" onClick={onUndo}>
                    {m.ui_undo()}
                </Button>
            )}
            <IconButton label={m.ui_close()} onClick={closeToast}>
                <IconX size={18} stroke={1.75} />
            </IconButton>
        </div>
    );
}

/** Runs out after `ms`; stands still while the pointer or the focus is on it. */
function useClock(ms: number, onEnd: () => void) {
    const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
    const end = useRef(onEnd);
    const start = () => {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => end.current(), ms);
    };
    const stop = () => clearTimeout(timer.current);
    useEffect(() => {
        timer.current = setTimeout(() => end.current(), ms);
        return () => clearTimeout(timer.current);
    }, [ms]);
    return { onMouseEnter: stop, onMouseLeave: start, onFocus: stop, onBlur: start };
}
