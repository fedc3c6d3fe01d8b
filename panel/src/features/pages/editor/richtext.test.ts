import { describe, expect, it } from 'vitest';
import { plainOf, richOf } from './richtext';

describe('simple rich text', () => {
    it.each(['', 'One', 'One\n\nTwo', 'a < b & c\nnext', 'One\n\n\nThree', 'Ends with space '])(
        'comes back as it was: %j',
        text => expect(plainOf(richOf(text))).toBe(text),
    );

    it('leaves what it can’t show alone', () => {
        const text = { type: 'text', text: 'x', marks: [{ type: 'bold' }] };
        expect(
            plainOf({ type: 'doc', content: [{ type: 'paragraph', content: [text] }] }),
        ).toBeNull();
        expect(plainOf({ type: 'doc', content: [{ type: 'bulletList' }] })).toBeNull();
    });

    it('reads a theme’s own default', () => {
        expect(plainOf('<p>It began.</p>\n<p>It went on.</p>')).toBe('It began.\n\nIt went on.');
        expect(plainOf('<ul><li>One</li></ul>')).toBeNull();
    });

    it('writes words, not markup', () => {
        expect(richOf('<script>\nx')).toEqual({
            type: 'doc',
            content: [
                {
                    type: 'paragraph',
                    content: [
                        { type: 'text', text: '<script>' },
                        { type: 'hardBreak' },
                        { type: 'text', text: 'x' },
                    ],
                },
            ],
        });
    });
});
