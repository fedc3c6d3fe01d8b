import type { Part } from './draft';

export const NO_PART = 'none';

export const nameOfPart = (at: Part | null) => {
    if (!at) return NO_PART;
    return at.kind === 'section' ? at.section : `${at.section}/${at.block}`;
};

/** The focus goes to a part's row in the structure (to 'Add section' for none) once that is drawn: what had it is gone. */
export function focusPart(at: Part | null) {
    const wanted = `[data-part="${CSS.escape(nameOfPart(at))}"]`;
    requestAnimationFrame(() => document.querySelector<HTMLElement>(wanted)?.focus());
}
