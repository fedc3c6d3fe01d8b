import { m } from '../paraglide/messages.js';
import { language } from './locale';

/** Times as people say them, by Intl. */
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
    ['year', 31_536_000],
    ['month', 2_592_000],
    ['week', 604_800],
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
];

export function ago(time: string, now = Date.now()): string {
    const seconds = Math.round((Date.parse(time) - now) / 1000);
    const format = new Intl.RelativeTimeFormat(language(), { numeric: 'auto', style: 'long' });
    for (const [unit, size] of UNITS) {
        if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
    }
    // Intl's "now" stands alone; this goes on a sentence as well as "2 hours ago" does.
    return m.ui_just_now();
}

export function moment(time: string): string {
    const format = new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' });
    return format.format(new Date(time));
}

/** With the day of the week, for who chooses one. */
export function fullMoment(time: Date): string {
    const format = new Intl.DateTimeFormat(language(), { dateStyle: 'full', timeStyle: 'short' });
    return format.format(time);
}

export function day(time: string | number): string {
    return new Intl.DateTimeFormat(language(), { dateStyle: 'long' }).format(new Date(time));
}

/** A day that is not far, in few letters. */
export function date(time: string): string {
    const format = new Intl.DateTimeFormat(language(), { day: 'numeric', month: 'short' });
    return format.format(new Date(time));
}

/** A moment that is not far, in few letters. */
export function soon(time: string): string {
    const format = new Intl.DateTimeFormat(language(), {
        day: 'numeric',
        month: 'short',
        hour: 'numeric',
        minute: '2-digit',
    });
    return format.format(new Date(time));
}

export function count(value: number): string {
    return new Intl.NumberFormat(language()).format(value);
}

/** '38 ms', '1.2 s': the loader's true figures. */
export function duration(ms: number): string {
    if (ms < 1000) return `${Math.round(ms)} ms`;
    const format = new Intl.NumberFormat(language(), { maximumFractionDigits: 1 });
    return `${format.format(ms / 1000)} s`;
}
