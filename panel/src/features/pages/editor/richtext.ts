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
