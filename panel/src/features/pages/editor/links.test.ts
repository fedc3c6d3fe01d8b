import { describe, expect, it } from 'vitest';
import { linkTarget } from './links';

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
