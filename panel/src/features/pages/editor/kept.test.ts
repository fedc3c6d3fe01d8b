import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Kept, keptIn, type Place, readKept, watchKept, writeKept } from './kept';

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

    it('are known to a list, of one person and one organization', () => {
        writeKept(ada, kept);
        writeKept({ ...ada, page: 'p2', language: 'de' }, kept);
        writeKept({ ...ada, org: 'northwind-2' }, kept);
        writeKept({ ...ada, user: 'u2', page: 'p3' }, kept);
        expect([...keptIn('u1', 'northwind')].sort()).toEqual(['p1/en', 'p2/de']);
    });

    it('tell who watches', () => {
        const look = vi.fn();
        const end = watchKept(look);
        writeKept(ada, kept);
        dispatchEvent(new Event('storage')); // another tab
        expect(look).toHaveBeenCalledTimes(2);
        end();
        writeKept(ada, null);
        dispatchEvent(new Event('storage'));
        expect(look).toHaveBeenCalledTimes(2);
    });

    it('that cannot be read are none', () => {
        writeKept(ada, kept);
        localStorage.setItem(localStorage.key(0)!, '{');
        expect(readKept(ada)).toBeNull();
    });
});
