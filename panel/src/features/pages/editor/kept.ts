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

const spaceOf = (user: string, org = '') => `panel.draft:${user}/${org && `${org}/`}`;
const keyOf = ({ user, org, page, language }: Place) => `${spaceOf(user, org)}${page}/${language}`;

const watchers = new Set<() => void>();

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
        for (const look of watchers) look();
    } catch {
        // Without a store the draft lives in this tab alone.
    }
}

/** PAGE/LANGUAGE of all that this person's changes wait for here. */
export function keptIn(user: string, org: string): ReadonlySet<string> {
    const space = spaceOf(user, org);
    try {
        const keys = Object.keys(localStorage).filter(key => key.startsWith(space));
        return new Set(keys.map(key => key.slice(space.length)));
    } catch {
        return new Set();
    }
}

export function keepsDrafts(user: string): boolean {
    try {
        return Object.keys(localStorage).some(key => key.startsWith(spaceOf(user)));
    } catch {
        return false;
    }
}

/** Calls at every change of what is kept, in this tab and in others; the answer ends it. */
export function watchKept(look: () => void): () => void {
    watchers.add(look);
    addEventListener('storage', look);
    return () => {
        watchers.delete(look);
        removeEventListener('storage', look);
    };
}
