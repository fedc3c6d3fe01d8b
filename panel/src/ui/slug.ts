/** A name → the address that we suggest: 'Café Größe & Söhne' → 'cafe-groesse-soehne'. */
const GERMAN: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };
const REST: Record<string, string> = { ø: 'o', å: 'a', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', '&': ' ' };

const folded = (text: string) =>
    text
        .toLocaleLowerCase('de')
        .replace(/[äöüß]/g, letter => GERMAN[letter]!)
        .replace(/[øåæœłđ&]/g, letter => REST[letter]!)
        .normalize('NFD')
        .replace(/\p{Diacritic}/gu, '')
        .replace(/['’]/g, '');

/** Of an organization, and of what is suggested from a name; a page's own may be longer. */
const SLUG_MAX = 40;

export function slugOf(name: string, max = SLUG_MAX): string {
    return folded(name)
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, max)
        .replace(/-+$/, '');
}

/** What may be typed on the way to an address: the same, but a hyphen at its end may go on. */
export const slugTyped = (text: string, max = SLUG_MAX) =>
    folded(text)
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-/, '')
        .slice(0, max);

export const isSlug = (slug: string) => /^(?!.*--)[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/.test(slug);
