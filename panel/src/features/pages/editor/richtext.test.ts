import { describe, expect, it } from 'vitest';
import { openable } from './richtext';

describe('rich text', () => {
    it('opens documents and HTML as they are', () => {
        const document = { type: 'doc', content: [{ type: 'horizontalRule' }] };
        expect(openable(document)).toBe(document);
        expect(openable('<p>It began.</p>')).toBe('<p>It began.</p>');
    });

    it('takes words for words', () => {
        expect(openable('a < b\nnext\n\nlast')).toEqual({
            type: 'doc',
            content: [
                {
                    type: 'paragraph',
                    content: [
                        { type: 'text', text: 'a < b' },
                        { type: 'hardBreak' },
                        { type: 'text', text: 'next' },
                    ],
                },
                { type: 'paragraph', content: [{ type: 'text', text: 'last' }] },
            ],
        });
        expect(openable(undefined)).toEqual({ type: 'doc', content: [] });
    });
});
