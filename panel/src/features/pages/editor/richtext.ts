/**
 * Rich text is a document (ProseMirror's JSON; the server checks it and makes the HTML). Here it is written as plain
 * text: paragraphs are parted by an empty line, lines by a line break.
 */
export type RichNode = { type: string; text?: string; marks?: unknown[]; content?: RichNode[] };

const ENTITIES: Record<string, string> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&nbsp;': '\u00a0',
};

/** Null when the text has more in it than paragraphs and line breaks. */
export function plainOf(value: unknown): string | null {
    if (value === undefined || value === null) return '';
    return typeof value === 'string' ? plainOfHtml(value) : plainOfDocument(value as RichNode);
}

function plainOfDocument(document: RichNode): string | null {
    const parts = (document.content ?? []).map(plainOfParagraph);
    return parts.includes(null) ? null : parts.join('\n\n');
}

function plainOfParagraph(node: RichNode): string | null {
    if (node.type !== 'paragraph') return null;
    let text = '';
    for (const part of node.content ?? []) {
        if (part.type === 'hardBreak') text += '\n';
        else if (part.type === 'text' && !part.marks?.length) text += part.text;
        else return null;
    }
    return text;
}

/** Of a theme's own default. */
function plainOfHtml(html: string): string | null {
    const withBreaks = html
        .trim()
        .replace(/<br\s*\/?>/gi, '\n')
        .replace(/<\/p>\s*<p>/gi, '\n\n')
        .replace(/^<p>|<\/p>$/gi, '');
    if (/<\/?[a-z!]/i.test(withBreaks)) return null;
    const unknown = withBreaks.match(/&[a-z0-9#]+;/gi)?.some(entity => !(entity in ENTITIES));
    if (unknown) return null;
    return withBreaks.replace(/&[a-z0-9#]+;/gi, entity => ENTITIES[entity]!);
}

export function richOf(plain: string): RichNode {
    const content = plain === '' ? [] : plain.split('\n\n').map(paragraph);
    return { type: 'doc', content };
}

function paragraph(text: string): RichNode {
    const content: RichNode[] = [];
    text.split('\n').forEach((line, index) => {
        if (index > 0) content.push({ type: 'hardBreak' });
        if (line !== '') content.push({ type: 'text', text: line });
    });
    return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' };
}
