import type { Draft } from './draft';

/** The steps back and forth: a hundred, and fast changes of one thing are one step. */
export interface History {
    past: Draft[];
    now: Draft;
    future: Draft[];
    /** What was changed last, and when. */
    touched: string;
    at: number;
}

const STEPS_MAX = 100;
const ONE_STEP_MS = 1000;

export const historyOf = (now: Draft): History => ({
    past: [],
    now,
    future: [],
    touched: '',
    at: 0,
});

export function changed(history: History, next: Draft, what: string, at: number): History {
    if (next === history.now) return history;
    const joins = what !== '' && what === history.touched && at - history.at < ONE_STEP_MS;
    const past = joins ? history.past : [...history.past, history.now].slice(-STEPS_MAX);
    return { past, now: next, future: [], touched: what, at };
}

export function undone(history: History): History {
    const now = history.past.at(-1);
    if (!now) return history;
    return {
        past: history.past.slice(0, -1),
        now,
        future: [history.now, ...history.future],
        touched: '',
        at: 0,
    };
}

export function redone(history: History): History {
    const [now, ...future] = history.future;
    if (!now) return history;
    return { past: [...history.past, history.now], now, future, touched: '', at: 0 };
}
