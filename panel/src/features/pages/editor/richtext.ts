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

/**
 * Where a link may lead, as the server has it: http, https, mailto, tel, a path of the site, a place on the page.
 * What looks like a host gets its scheme, an address its mailto. Null: nowhere.
 */
export function linkTarget(typed: string): string | null {
    const text = typed.trim();
    const href = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)
        ? `mailto:${text}`
        : /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/|$)/i.test(text)
          ? `https://${text}`
          : text;
    const known = /^(#|\/(?!\/)|https?:\/\/.|mailto:.|tel:.)/i.test(href);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    return known && !/[\x00-\x20\x7f\\]/.test(href) && href.length <= 2000 ? href : null;
}
