import { m } from '../../../paraglide/messages.js';

/** Rows of the same words are numbered, so that each can be told from the others and called by its name. */
export function numbered(rows: { name: string; detail?: string }[]): string[] {
    const keys = rows.map(({ name, detail = '' }) => JSON.stringify([name, detail]));
    return rows.map(({ name }, index) => {
        const alike = (until: number) =>
            keys.slice(0, until).filter(key => key === keys[index]).length;
        if (alike(keys.length) === 1) return name;
        return m.pages_numbered({ name, number: String(alike(index + 1)) });
    });
}
