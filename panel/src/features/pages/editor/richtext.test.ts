import { describe, expect, it } from 'vitest';
import { plainOf, richOf } from './richtext';

describe('simple rich text', () => {
    it.each(['', 'One', 'One\n\nTwo', 'a < b & c\nnext', 'One\n\n\nThree', 'Ends with space '])(
        'comes back as it was: %j',
        text => expect(plainOf(richOf(text))).toBe(text),
    );

    it('leaves other markup alone', () => {
        expect(plainOf('<p>One <strong>two</strong></p>')).toBeNull();
        expect(plainOf('<ul><li>One</li></ul>')).toBeNull();
        expect(plainOf('<p>&hearts;</p>')).toBeNull();
    });

    it('reads what themes ship', () => {
        expect(plainOf('<p>It began.</p>\n<p>It went on.</p>')).toBe('It began.\n\nIt went on.');
    });

    it('writes no markup that was typed', () => {
        expect(richOf('<script>')).toBe('<p>&lt;script&gt;</p>');
    });
});
