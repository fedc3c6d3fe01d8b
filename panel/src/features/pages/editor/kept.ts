import type { Language } from '../../../api/types';
import type { Draft } from './draft';

/** A draft that could not be saved yet survives here until it is. */
export interface Kept {
    draft: Draft;
    etag: string;
}

const keyOf = (org: string, page: string, language: Language) =>
    `panel.draft:${org}/${page}/${language}`;

export function readKept(org: string, page: string, language: Language): Kept | null {
    try {
        return JSON.parse(localStorage.getItem(keyOf(org, page, language)) ?? 'null');
    } catch {
        return null;
    }
}

export function writeKept(org: string, page: string, language: Language, kept: Kept | null) {
    try {
        if (kept) localStorage.setItem(keyOf(org, page, language), JSON.stringify(kept));
        else localStorage.removeItem(keyOf(org, page, language));
    } catch {
        // Without a store the draft lives in this tab alone.
    }
}
