import type { Draft } from './draft';

/** The steps back and forth: a hundred, and fast changes of one thing are one step. */
export interface History {
    past: Draft[];
    now: Draft;
    future: Draft[];
    /** What was changed last, when, and when that step began. */
    touched: string;
    at: number;
    since: number;
}

const STEPS_MAX = 100;
const PAUSE_MS = 1000;
/** Who types without a pause takes back about a word or two, not the whole paragraph. */
const STEP_MAX_MS = 2000;

const UNTOUCHED = { touched: '', at: 0, since: 0 };

export const historyOf = (now: Draft): History => ({
    past: [],
    now,
    future: [],
    ...UNTOUCHED,
});

export function changed(history: History, next: Draft, what: string, at: number): History {
    if (next === history.now) return history;
    const joins =
        what !== '' &&
        what === history.touched &&
        at - history.at < PAUSE_MS &&
        at - history.since < STEP_MAX_MS;
    const past = joins ? history.past : [...history.past, history.now].slice(-STEPS_MAX);
    const since = joins ? history.since : at;
    return { past, now: next, future: [], touched: what, at, since };
}

export function undone(history: History): History {
    const now = history.past.at(-1);
    if (!now) return history;
    return {
        past: history.past.slice(0, -1),
        now,
        future: [history.now, ...history.future],
        ...UNTOUCHED,
    };
}

/**
 * One change taken back, whenever it was: a step back where it is the last one, else a new step that keeps what
 * was changed since.
 */
export function takenBack(
    history: History,
    before: Draft,
    back: (now: Draft) => Draft,
    at: number,
): History {
    if (history.past.at(-1) === before) return undone(history);
    return changed(history, back(history.now), '', at);
}

export function redone(history: History): History {
    const [now, ...future] = history.future;
    if (!now) return history;
    return { past: [...history.past, history.now], now, future, ...UNTOUCHED };
}
