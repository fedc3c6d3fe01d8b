import type { Language } from '../../../api/types';
import type { Draft } from './draft';

/** A draft that could not be saved yet survives here until it is. */
export interface Kept {
    draft: Draft;
    etag: string;
}

/** Whose draft of which page: browsers are shared, so nobody gets what another person wrote. */
export interface Place {
    user: string;
    org: string;
    page: string;
    language: Language;
}

const keyOf = ({ user, org, page, language }: Place) =>
    `panel.draft:${user}/${org}/${page}/${language}`;

export function readKept(place: Place): Kept | null {
    try {
        return JSON.parse(localStorage.getItem(keyOf(place)) ?? 'null');
    } catch {
        return null;
    }
}

export function writeKept(place: Place, kept: Kept | null) {
    try {
        if (kept) localStorage.setItem(keyOf(place), JSON.stringify(kept));
        else localStorage.removeItem(keyOf(place));
    } catch {
        // Without a store the draft lives in this tab alone.
    }
}
