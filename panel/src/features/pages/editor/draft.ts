import type { Page, PagePatch, Section, Sections, SectionType } from '../../../api/types';

/** What the editor changes: the parts of a page that a person writes. Everything here is pure. */
export interface Draft {
    title: string;
    slug: string;
    sections: Sections;
    seo: Page['seo'];
}

export type Selection =
    | { kind: 'page' }
    | { kind: 'section'; section: string }
    | { kind: 'block'; section: string; block: string };

/** A section, or a block in one. */
export type Part = Exclude<Selection, { kind: 'page' }>;

export const draftOf = ({ title, slug, sections, seo }: Page): Draft => ({
    title,
    slug,
    sections,
    seo,
});

/** Only what differs, for a PATCH; null when nothing does. */
export function patchOf(draft: Draft, saved: Draft): NonNullable<PagePatch> | null {
    const patch: NonNullable<PagePatch> = {};
    if (draft.title !== saved.title) patch.title = draft.title;
    if (draft.slug !== saved.slug) patch.slug = draft.slug;
    if (!same(draft.sections, saved.sections)) patch.sections = draft.sections;
    if (!same(draft.seo, saved.seo)) patch.seo = draft.seo;
    return Object.keys(patch).length > 0 ? patch : null;
}

/** Equal in value. The order of an object's names says nothing: a database may return another one. */
export function same(a: unknown, b: unknown): boolean {
    if (Object.is(a, b)) return true;
    if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    const [one, other] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
    const names = Object.keys(one).filter(name => one[name] !== undefined);
    const others = Object.keys(other).filter(name => other[name] !== undefined);
    return names.length === others.length && names.every(name => same(one[name], other[name]));
}

function withSections(draft: Draft, change: Partial<Sections>): Draft {
    return { ...draft, sections: { ...draft.sections, ...change } };
}

function withSection(draft: Draft, id: string, change: (section: Section) => Section): Draft {
    const section = draft.sections.sections[id];
    if (!section) return draft;
    return withSections(draft, { sections: { ...draft.sections.sections, [id]: change(section) } });
}

export function setSetting(draft: Draft, at: Selection, name: string, value: unknown): Draft {
    if (at.kind === 'page') return draft;
    return withSection(draft, at.section, section => {
        if (at.kind === 'section')
            return { ...section, settings: { ...section.settings, [name]: value } };
        const block = section.blocks?.[at.block];
        if (!block) return section;
        const changed = { ...block, settings: { ...block.settings, [name]: value } };
        return { ...section, blocks: { ...section.blocks, [at.block]: changed } };
    });
}

const fresh = (type: string) => `${type}-${Math.random().toString(36).slice(2, 8)}`;

/**
 * Values that a schema starts with. A rich text's default is HTML of the theme, which the site draws until somebody
 * writes: as a value it would be words with tags in them.
 */
export function defaultsOf(settings: SectionType['settings']): Record<string, unknown> {
    const entries = settings
        .filter(s => s.id && s.default !== undefined && s.type !== 'richtext')
        .map(s => [s.id!, s.default]);
    return Object.fromEntries(entries);
}

export function addSection(
    draft: Draft,
    type: SectionType,
    preset = type.presets[0],
): [Draft, string] {
    const id = fresh(type.type);
    const section: Section = {
        type: type.type,
        settings: { ...defaultsOf(type.settings), ...preset?.settings },
    };
    const blocks = (preset?.blocks ?? []).map(block => {
        const settings = type.blocks.find(b => b.type === block.type)?.settings ?? [];
        return [
            fresh(block.type),
            { type: block.type, settings: { ...defaultsOf(settings), ...block.settings } },
        ] as const;
    });
    section.blocks = Object.fromEntries(blocks);
    section.block_order = blocks.map(([key]) => key);
    const next = withSections(draft, {
        sections: { ...draft.sections.sections, [id]: section },
        order: [...draft.sections.order, id],
    });
    return [next, id];
}

export function addBlock(
    draft: Draft,
    section: string,
    type: SectionType['blocks'][number],
): [Draft, string] {
    const id = fresh(type.type);
    const next = withSection(draft, section, old => ({
        ...old,
        blocks: { ...old.blocks, [id]: { type: type.type, settings: defaultsOf(type.settings) } },
        block_order: [...(old.block_order ?? []), id],
    }));
    return [next, id];
}

export function moved(order: string[], id: string, step: number): string[] {
    const from = order.indexOf(id);
    const to = from + step;
    if (from < 0 || to < 0 || to >= order.length) return order;
    const next = order.toSpliced(from, 1);
    next.splice(to, 0, id);
    return next;
}

export function move(draft: Draft, at: Selection, step: number): Draft {
    if (at.kind === 'page') return draft;
    if (at.kind === 'section')
        return withSections(draft, { order: moved(draft.sections.order, at.section, step) });
    return withSection(draft, at.section, section => ({
        ...section,
        block_order: moved(section.block_order ?? [], at.block, step),
    }));
}

export function remove(draft: Draft, at: Selection): Draft {
    if (at.kind === 'page') return draft;
    if (at.kind === 'section') {
        const { [at.section]: _, ...sections } = draft.sections.sections;
        return withSections(draft, {
            sections,
            order: draft.sections.order.filter(id => id !== at.section),
        });
    }
    return withSection(draft, at.section, section => {
        const { [at.block]: _, ...blocks } = section.blocks ?? {};
        return {
            ...section,
            blocks,
            block_order: (section.block_order ?? []).filter(id => id !== at.block),
        };
    });
}

export function holds(draft: Draft, at: Part): boolean {
    const section = draft.sections.sections[at.section];
    return at.kind === 'section' ? Boolean(section) : Boolean(section?.blocks?.[at.block]);
}

/** Who stands where a part was once it is removed: the next one, else the one before, else what it was in. */
export function neighbourOf(draft: Draft, at: Part): Part | null {
    if (at.kind === 'section') {
        const section = beside(draft.sections.order, at.section);
        return section ? { kind: 'section', section } : null;
    }
    const { section } = at;
    const block = beside(draft.sections.sections[section]?.block_order ?? [], at.block);
    return block ? { kind: 'block', section, block } : { kind: 'section', section };
}

function beside(order: string[], id: string): string | undefined {
    const place = order.indexOf(id);
    return order[place + 1] ?? order[place - 1];
}

/** What `remove` took from `before`, in its place again; what was changed since stays. */
export function putBack(draft: Draft, before: Draft, at: Selection): Draft {
    if (at.kind === 'page') return draft;
    const old = before.sections.sections[at.section];
    if (at.kind === 'section') {
        if (!old || draft.sections.sections[at.section]) return draft;
        const place = before.sections.order.indexOf(at.section);
        return withSections(draft, {
            sections: { ...draft.sections.sections, [at.section]: old },
            order: draft.sections.order.toSpliced(place, 0, at.section),
        });
    }
    const block = old?.blocks?.[at.block];
    const here = draft.sections.sections[at.section];
    if (!block || !here || here.blocks?.[at.block]) return draft;
    const place = (old.block_order ?? []).indexOf(at.block);
    return withSection(draft, at.section, section => ({
        ...section,
        blocks: { ...section.blocks, [at.block]: block },
        block_order: (section.block_order ?? []).toSpliced(place, 0, at.block),
    }));
}

export function duplicate(draft: Draft, id: string): [Draft, string] {
    const section = draft.sections.sections[id];
    if (!section) return [draft, id];
    const copy = fresh(section.type);
    const order = draft.sections.order.toSpliced(draft.sections.order.indexOf(id) + 1, 0, copy);
    const sections = { ...draft.sections.sections, [copy]: structuredClone(section) };
    return [withSections(draft, { sections, order }), copy];
}

export function setHidden(draft: Draft, id: string, hidden: boolean): Draft {
    return withSection(draft, id, section => ({ ...section, disabled: hidden }));
}

export const SECTIONS_MAX = 50;
