import { beforeEach, describe, expect, it } from 'vitest';
import { type Kept, type Place, readKept, writeKept } from './kept';

const ada: Place = { user: 'u1', org: 'northwind', page: 'p1', language: 'en' };
const kept: Kept = {
    draft: {
        title: 'A',
        slug: 'a',
        seo: { title: null, description: null, noindex: false },
        sections: { sections: {}, order: [] },
    },
    etag: '"1"',
};

describe('kept drafts', () => {
    beforeEach(() => localStorage.clear());

    it('come back to the one who wrote them, until they are saved', () => {
        writeKept(ada, kept);
        expect(readKept(ada)).toEqual(kept);
        writeKept(ada, null);
        expect(readKept(ada)).toBeNull();
        expect(localStorage.length).toBe(0);
    });

    it('are no business of the next person at this browser', () => {
        writeKept(ada, kept);
        expect(readKept({ ...ada, user: 'u2' })).toBeNull();
        writeKept({ ...ada, user: 'u2' }, null);
        expect(readKept(ada)).toEqual(kept);
    });

    it('that cannot be read are none', () => {
        writeKept(ada, kept);
        localStorage.setItem(localStorage.key(0)!, '{');
        expect(readKept(ada)).toBeNull();
    });
});
