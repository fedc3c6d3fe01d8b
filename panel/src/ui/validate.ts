import { m } from '../paraglide/messages.js';

/** How many characters a field takes: the server says it, in api/limits. */
interface Length {
    min: number;
    max: number;
}

/** The checks that need no server; it asks again anyway. */
export const isEmail =
    ({ max }: Length) =>
    (value: string) => {
        if (!value.trim()) return m.ui_required();
        const fine = /^[^\s@]+@[^\s@]+\.?[^\s@]*[^\s@.]$/.test(value.trim());
        return fine && value.length <= max ? null : m.ui_email_wrong();
    };

export const isFilled =
    ({ max }: Length) =>
    (value: string) => {
        if (!value.trim()) return m.ui_required();
        return tooLong(value, max);
    };

export const isPassword =
    ({ min, max }: Length) =>
    (value: string) => {
        if ([...value].length < min) return m.ui_password_short({ count: String(min) });
        return tooLong(value, max);
    };

const tooLong = (value: string, max: number) =>
    [...value].length > max ? m.ui_too_long({ count: String(max) }) : null;
