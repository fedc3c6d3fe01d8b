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

    it('cleans what is typed', () => expect(slugTyped('My Site_1!')).toBe('my-site-1'));
});
