import { useEffect, useRef } from 'react';
import { m } from '../../../paraglide/messages.js';
import { toast } from '../../../ui/toast';
import { type Draft, holds, neighbourOf, type Part, type Selection } from './draft';
import { focusPart } from './focusPart';

interface Removing {
    draft: Draft;
    selection: Selection;
    remove: (at: Part) => void;
    /** Undoes this removal, whatever was changed since. */
    takeBack: (before: Draft, at: Part) => void;
    select: (selection: Selection) => void;
}

/** Removes at once. The toast offers the way back for as long as the part is gone and its editor is open. */
export function useRemoval({ draft, selection, remove, takeBack, select }: Removing) {
    const gone = useRef<{ at: Part; close: () => void } | null>(null);
    useEffect(() => {
        if (!gone.current || !holds(draft, gone.current.at)) return;
        gone.current.close();
        gone.current = null;
    }, [draft]);
    useEffect(() => () => gone.current?.close(), []);
    return (at: Part) => {
        remove(at);
        if (selection.kind !== 'page' && selection.section === at.section) select({ kind: 'page' });
        focusPart(neighbourOf(draft, at));
        const undo = () => {
            takeBack(draft, at);
            focusPart(at);
        };
        gone.current = { at, close: toast(m.pages_removed(), undo) };
    };
}
