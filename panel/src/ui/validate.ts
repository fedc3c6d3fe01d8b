import { m } from '../paraglide/messages.js';

/** The checks that need no server; it asks again anyway. */
export const isEmail = (value: string) => {
    if (!value.trim()) return m.ui_required();
    const fine = /^[^\s@]+@[^\s@]+\.?[^\s@]*[^\s@.]$/.test(value.trim());
    return fine && value.length <= 254 ? null : m.ui_email_wrong();
};

export const isFilled = (max: number) => (value: string) => {
    if (!value.trim()) return m.ui_required();
    return [...value].length > max ? m.ui_too_long({ count: String(max) }) : null;
};

export const isPassword = (least: number) => (value: string) => {
    if ([...value].length < least) return m.ui_password_short({ count: String(least) });
    return [...value].length > 200 ? m.ui_too_long({ count: '200' }) : null;
};
