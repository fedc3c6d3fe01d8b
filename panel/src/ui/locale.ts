import { useSyncExternalStore } from 'react';
import { overwriteGetLocale } from '../paraglide/runtime.js';

export type Language = 'en' | 'de';

/** The panel's language: the person's, else the last one here, else the browser's. */
const KEY = 'panel.language';
const listeners = new Set<() => void>();
let current: Language = first();

overwriteGetLocale(() => current);
announce();

function first(): Language {
    const stored = read();
    if (stored === 'en' || stored === 'de') return stored;
    return navigator.language?.startsWith('de') ? 'de' : 'en';
}

function read(): string | null {
    try {
        return localStorage.getItem(KEY);
    } catch {
        return null;
    }
}

function announce() {
    document.documentElement.lang = current;
}

export function setLanguage(language: Language) {
    if (language === current) return;
    current = language;
    try {
        localStorage.setItem(KEY, language);
    } catch {
        // Only the next visit's first language is lost.
    }
    announce();
    for (const listener of listeners) listener();
}

export const language = () => current;

/** Calls now and after every change. */
export function onLanguage(handler: (language: Language) => void) {
    handler(current);
    listeners.add(() => handler(current));
}

export function useLanguage(): Language {
    return useSyncExternalStore(
        listener => {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
        () => current,
    );
}

export const LANGUAGES: { value: Language; label: string }[] = [
    { value: 'en', label: 'English' },
    { value: 'de', label: 'Deutsch' },
];
