import { describe, expect, it } from 'vitest';
import { isSlug, slugOf, slugTyped } from './slug';

describe('addresses from names', () => {
    it.each([
        ['Northwind Coffee', 'northwind-coffee'],
        ['Café Größe & Söhne', 'cafe-groesse-soehne'],
        ["Mina's Yoga", 'minas-yoga'],
        ['  --Hi--  ', 'hi'],
        ['Ærø Øl', 'aero-ol'],
        ['東京', ''],
    ])('%s → %s', (name, slug) => expect(slugOf(name)).toBe(slug));

    it('always suggests something valid, or nothing', () => {
        for (const name of ['a'.repeat(60), 'x - y', 'Ü', 'A B C D', `${'ab-'.repeat(20)}`]) {
            const slug = slugOf(name);
            expect(slug.length < 3 || isSlug(slug)).toBe(true);
        }
    });

    it('knows the rules', () => {
        for (const good of ['abc', 'a1-b2', '123']) expect(isSlug(good)).toBe(true);
        for (const bad of ['ab', '-ab', 'ab-', 'a--b', 'Abc', 'a_b', 'x'.repeat(41)]) {
            expect(isSlug(bad)).toBe(false);
        }
    });

    it.each([
        ['My Site_1', 'my-site-1'],
        ['Größe & co', 'groesse-co'],
        ['Café', 'cafe'],
        ['a--b', 'a-b'],
        ['  --hi', 'hi'],
        ['x'.repeat(50), 'x'.repeat(40)],
    ])('cleans what is typed: %s → %s', (typed, slug) => expect(slugTyped(typed)).toBe(slug));

    it('gets the same letter by letter as from a whole name', () => {
        for (const name of ['Größe & co', 'Café Größe & Söhne', "Mina's Yoga", 'Ærø Øl']) {
            const typed = [...name].reduce((slug, letter) => slugTyped(slug + letter), '');
            expect(typed).toBe(slugOf(name));
        }
        expect(slugTyped('groesse ')).toBe('groesse-');
    });

    it('leaves a page the longer address that it may have', () => {
        expect(slugTyped('x'.repeat(150), 100)).toBe('x'.repeat(100));
        expect(slugOf(`${'x'.repeat(60)}-`, 100)).toBe('x'.repeat(60));
    });
});
