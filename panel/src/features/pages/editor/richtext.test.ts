import { describe, expect, it } from 'vitest';
import { openable, pasted } from './richtext';

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

    it('takes a heading of a level that it has not as the nearest one', () => {
        expect(pasted('<h1>Our <b>house</b></h1><p>Text</p><h6>Small</h6>')).toBe(
            '<h2>Our <b>house</b></h2><p>Text</p><h4>Small</h4>',
        );
    });

    it('keeps the cells of a table apart, a line for each row', () => {
        const table =
            '<table><tr><th><p>Cup</p></th><th>Price</th></tr>' +
            '<tr><td><b>Espresso</b></td><td><p>2.50</p></td></tr></table>';
        expect(pasted(`<p>Now</p>${table}`).replaceAll(/ +/g, ' ')).toBe(
            '<p>Now</p><p>Cup | Price</p><p><b>Espresso</b> | 2.50 </p>',
        );
    });

    it('leaves everything else as it came', () => {
        const slice = '<p data-pm-slice="1 1 []">One <em>word</em></p>';
        expect(pasted(slice)).toBe(slice);
    });
});
