import type { Theme } from '../../../api/types';
import { m } from '../../../paraglide/messages.js';
import type { Draft, Selection } from './draft';

/** One wrong field of a refused save: the part that it belongs to, and its setting if it is one's. */
export interface Fault {
    pointer: string;
    detail: string;
    at: Selection;
    setting: string | null;
}

// Ids and names hold nothing that a JSON pointer would write in another way. What lies below a setting
// (a place in a rich text) is the setting's.
const PART = /^\/sections\/sections\/([^/]+)(?:\/blocks\/([^/]+))?(?:\/settings\/([^/]+))?/;

export function faultOf({ pointer, detail }: { pointer: string; detail: string }): Fault {
    const [, section, block, setting = null] = PART.exec(pointer) ?? [];
    if (!section) return { pointer, detail, at: { kind: 'page' }, setting: null };
    const at: Selection = block ? { kind: 'block', section, block } : { kind: 'section', section };
    return { pointer, detail, at, setting };
}

/** What the person knows it by, 'Hero, Layout'; null where the page no longer has the part. */
export function placeOf({ at, setting }: Fault, draft: Draft, theme: Theme): string | null {
    if (at.kind === 'page') return m.pages_page_settings();
    const section = draft.sections.sections[at.section];
    if (!section) return null;
    const type = theme.sections.find(t => t.type === section.type);
    const names = [type?.name ?? section.type];
    let settings = type?.settings;
    if (at.kind === 'block') {
        const block = section.blocks?.[at.block];
        if (!block) return null;
        const blockType = type?.blocks.find(t => t.type === block.type);
        names.push(blockType?.name ?? block.type);
        settings = blockType?.settings;
    }
    if (setting) names.push(settings?.find(s => s.id === setting)?.label ?? setting);
    return names.join(', ');
}
