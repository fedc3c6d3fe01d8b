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
