import { language } from '../../../ui/locale';

/*
 * A moment as the date and time of this browser's clock. Fields hold them as the platform's own inputs do:
 * '2026-11-30' and '09:00'.
 */

const two = (value: number) => String(value).padStart(2, '0');

export const localDate = (at: Date) =>
    `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

export const localTime = (at: Date) => `${two(at.getHours())}:${two(at.getMinutes())}`;

/** Null while a field is empty or holds no date. */
export function momentOf(date: string, time: string): Date | null {
    const at = new Date(`${date}T${time}`);
    return date && time && !Number.isNaN(at.getTime()) ? at : null;
}

const MORNING_HOUR = 9;

/** Most pages that wait go out tomorrow morning. */
export function nextMorning(now = new Date()): Date {
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, MORNING_HOUR);
}

/** 'Europe/Berlin (Central European Time)': the place is exact, the words say which clock is meant. */
export function zoneName(): string {
    const format = new Intl.DateTimeFormat(language(), { timeZoneName: 'longGeneric' });
    const { timeZone } = format.resolvedOptions();
    const words = format.formatToParts(new Date()).find(p => p.type === 'timeZoneName')?.value;
    return words && words !== timeZone ? `${timeZone} (${words})` : timeZone;
}
