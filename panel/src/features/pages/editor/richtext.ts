/** Simple rich text as plain text: paragraphs are parted by an empty line, lines by a line break. */
const ENTITIES: Record<string, string> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&nbsp;': '\u00a0',
};

/** Null when the text has more in it than paragraphs and line breaks. */
export function plainOf(html: string): string | null {
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

const escaped = (text: string) =>
    text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export function richOf(plain: string): string {
    if (plain === '') return '';
    return plain
        .split('\n\n')
        .map(part => `<p>${escaped(part).replace(/\n/g, '<br>')}</p>`)
        .join('');
}
