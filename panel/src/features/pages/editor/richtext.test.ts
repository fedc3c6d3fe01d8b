import { describe, expect, it } from 'vitest';
import { linkTarget, openable } from './richtext';

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

describe('the target of a link', () => {
    it.each([
        ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
        ['example.com/prices', 'https://example.com/prices'],
        ['mina@example.com', 'mailto:mina@example.com'],
        ['tel:+4930123', 'tel:+4930123'],
        ['/about', '/about'],
        ['#team', '#team'],
        [' /contact ', '/contact'],
    ])('%j is %j', (typed, href) => expect(linkTarget(typed)).toBe(href));

    it.each([
        '',
        'about us',
        'javascript:alert(1)',
        '//evil.example',
        'java\nscript:x',
        '/\\evil.example',
        'data:text/html,x',
    ])('%j leads nowhere', typed => expect(linkTarget(typed)).toBeNull());
});
