import type { Theme } from '../../../api/types';
import { m } from '../../../paraglide/messages.js';
import { type Draft, same } from './draft';

export interface Difference {
    key: string;
    what: string;
    mine: string;
    theirs: string;
}

/** What two versions of a page have different, in the words of the forms. */
export function differencesOf(mine: Draft, theirs: Draft, theme: Theme): Difference[] {
    const list: Difference[] = [];
    const add = (key: string, what: string, a: unknown, b: unknown) => {
        if (!same(a, b)) list.push({ key, what, mine: wordsOf(a), theirs: wordsOf(b) });
    };
    add('title', m.pages_column_title(), mine.title, theirs.title);
    add('slug', m.pages_address(), mine.slug, theirs.slug);
    add('seo.title', m.pages_seo_title(), mine.seo.title, theirs.seo.title);
    add('seo.description', m.pages_seo_description(), mine.seo.description, theirs.seo.description);
    add('seo.noindex', m.pages_seo_list(), !mine.seo.noindex, !theirs.seo.noindex);
    const names = (draft: Draft) =>
        draft.sections.order.map(id => nameOf(draft, id, theme)).join(', ');
    if (!same(mine.sections.order, theirs.sections.order))
        add('order', m.pages_sections(), names(mine), names(theirs));
    for (const id of new Set([...mine.sections.order, ...theirs.sections.order])) {
        addSection(id, mine, theirs, theme, add);
    }
    return list;
}

type Add = (key: string, what: string, a: unknown, b: unknown) => void;

function addSection(id: string, mine: Draft, theirs: Draft, theme: Theme, add: Add) {
    const [a, b] = [mine.sections.sections[id], theirs.sections.sections[id]];
    if (!a || !b) return;
    const type = theme.sections.find(t => t.type === a.type);
    const section = type?.name ?? a.type;
    add(
        `${id}.disabled`,
        `${section}: ${m.pages_is_hidden()}`,
        a.disabled ?? false,
        b.disabled ?? false,
    );
    for (const name of new Set([...Object.keys(a.settings), ...Object.keys(b.settings)])) {
        const label = type?.settings.find(s => s.id === name)?.label ?? name;
        add(`${id}.${name}`, `${section}: ${label}`, a.settings[name], b.settings[name]);
    }
    const blocks = (s: typeof a) => (s.block_order ?? []).map(key => s.blocks?.[key]);
    if (!same(blocks(a), blocks(b))) {
        add(
            `${id}.blocks`,
            `${section}: ${m.pages_blocks()}`,
            blocks(a).map(textOf).join(' · '),
            blocks(b).map(textOf).join(' · '),
        );
    }
}

function nameOf(draft: Draft, id: string, theme: Theme): string {
    const type = draft.sections.sections[id]?.type;
    return theme.sections.find(t => t.type === type)?.name ?? type ?? id;
}

const textOf = (block: { settings: Record<string, unknown> } | undefined) =>
    Object.values(block?.settings ?? {})
        .filter(value => typeof value === 'string')
        .join(' ');

function wordsOf(value: unknown): string {
    if (value === null || value === undefined || value === '') return '–';
    if (value === true) return m.pages_yes();
    if (value === false) return m.pages_no();
    if (typeof value === 'string') return value.replace(/<[^>]+>/g, ' ').trim();
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
