import { describe, expect, it } from 'vitest';
import type { Theme } from '../../../api/types';
import { differencesOf } from './differences';
import type { Draft } from './draft';

const theme: Theme = {
    name: 'folio',
    sections: [
        {
            type: 'hero',
            name: 'Hero',
            settings: [{ type: 'text', id: 'heading', label: 'Heading' }],
            blocks: [],
            max_blocks: 0,
            presets: [],
        },
    ],
};
const make = (title: string, heading: string, order = ['a', 'b']): Draft => ({
    title,
    slug: 'x',
    seo: { title: null, description: null, noindex: false },
    sections: {
        sections: {
            a: { type: 'hero', settings: { heading } },
            b: { type: 'map', settings: { body: '<p>One</p>' } },
        },
        order,
    },
});

describe('two versions side by side', () => {
    it('have nothing to show when they are the same', () => {
        expect(differencesOf(make('A', 'H'), make('A', 'H'), theme)).toEqual([]);
    });

    it('name what differs in the words of the forms', () => {
        const found = differencesOf(make('A', 'H'), make('B', 'J'), theme);
        expect(found.map(({ what, mine, theirs }) => [what, mine, theirs])).toEqual([
            ['Title', 'A', 'B'],
            ['Hero: Heading', 'H', 'J'],
        ]);
    });

    it('show another order, and a type that the theme does not know', () => {
        const found = differencesOf(make('A', 'H'), make('A', 'H', ['b', 'a']), theme);
        expect(found[0]).toMatchObject({
            what: 'Sections',
            mine: 'Hero, map',
            theirs: 'map, Hero',
        });
    });

    it('write empty as a dash and markup as words', () => {
        const mine = make('A', 'H');
        const theirs = make('A', 'H');
        theirs.seo.description = '';
        mine.seo.description = 'Words';
        mine.sections.sections.b!.settings.body = '<p>Two <b>words</b></p>';
        const words = differencesOf(mine, theirs, theme).map(d => [d.mine, d.theirs]);
        expect(words).toEqual([
            ['Words', '–'],
            ['Two  words', 'One'],
        ]);
    });
});
