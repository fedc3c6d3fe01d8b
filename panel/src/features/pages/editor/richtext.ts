import type { JSONContent } from '@tiptap/core';

/*
 * Rich text is a document (ProseMirror's JSON); the server checks it and makes the HTML. A theme's own default is
 * HTML, and a text that somebody once typed where a document belongs are words.
 */

/** What an editor can open: a document, or HTML. */
export function openable(value: unknown): JSONContent | string {
    if (value !== null && typeof value === 'object') return value as JSONContent;
    if (typeof value !== 'string') return documentOf('');
    return /<\/?[a-z!]/i.test(value) ? value : documentOf(value);
}

/** Words: paragraphs are parted by an empty line, lines by a line break. */
function documentOf(words: string): JSONContent {
    const content = words === '' ? [] : words.split('\n\n').map(paragraph);
    return { type: 'doc', content };
}

function paragraph(text: string): JSONContent {
    const content: JSONContent[] = [];
    text.split('\n').forEach((line, index) => {
        if (index > 0) content.push({ type: 'hardBreak' });
        if (line !== '') content.push({ type: 'text', text: line });
    });
    return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' };
}

/** Levels that a field has not, by the nearest that it has. */
const LEVELS: Record<string, string> = { H1: 'h2', H5: 'h4', H6: 'h4' };
const CELLS_BETWEEN = ' | ';

/** What comes from elsewhere, in what a field can hold: its levels of headings, and a line for each row of a table. */
export function pasted(html: string): string {
    if (!/<(h[156]|table)\b/i.test(html)) return html;
    const { body } = new DOMParser().parseFromString(html, 'text/html');
    for (const heading of body.querySelectorAll('h1, h5, h6'))
        heading.replaceWith(renamed(heading, LEVELS[heading.tagName]!));
    // Inner ones come last in a document and first here, so that a table within a cell is words already.
    for (const table of [...body.querySelectorAll('table')].reverse())
        table.replaceWith(...[...table.querySelectorAll('tr')].map(lineOf));
    return body.innerHTML;
}

function renamed(element: Element, name: string): Element {
    const next = element.ownerDocument.createElement(name);
    next.append(...element.childNodes);
    return next;
}

/** The cells side by side, with their bold words and links, but without paragraphs and lists of their own. */
function lineOf(row: Element): Element {
    const line = row.ownerDocument.createElement('p');
    for (const cell of row.querySelectorAll('td, th')) {
        for (const block of cell.querySelectorAll('p, div, ul, ol, li, h2, h3, h4, blockquote'))
            block.replaceWith(...block.childNodes, ' ');
        if (line.hasChildNodes()) line.append(CELLS_BETWEEN);
        line.append(...cell.childNodes);
    }
    return line;
}
