import { useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useReducer, useRef, useState } from 'react';
import { call } from '../../../api/client';
import { Problem } from '../../../api/problems';
import { meQuery } from '../../../api/queries';
import type { Page, PagePatch } from '../../../api/types';
import { useKeys } from '../../../ui/keys';
import { pageQuery, useForgetLists, VERSION } from '../queries';
import { Autosave, type SaveState } from './autosave';
import { type Draft, draftOf, type Part, putBack, remove, type Selection, same } from './draft';
import { changed, type History, historyOf, redone, takenBack, undone } from './history';
import { type Kept, type Place, readKept, writeKept } from './kept';
import { useRemoval } from './useRemoval';

/** Everything that one open page needs: the draft with its history, its saving, what is selected. */
export interface EditorModel {
    page: Page;
    etag: string;
    draft: Draft;
    selection: Selection;
    select: (selection: Selection) => void;
    change: (next: Draft, what?: string) => void;
    remove: (at: Part) => void;
    undo: () => void;
    redo: () => void;
    canUndo: boolean;
    canRedo: boolean;
    save: { state: SaveState; problem: Problem | null };
    autosave: Autosave;
    /** A publication or a decision gave a new version. */
    adopt: (page: Page, etag: string, decision?: 'mine' | 'theirs') => void;
    /** Counts what the preview has not shown yet. */
    version: number;
}

type Action =
    | { next: Draft; what: string }
    | { takeBack: Part; before: Draft }
    | { replace: Draft }
    | 'undo'
    | 'redo';

function reduce(history: History, action: Action): History {
    if (action === 'undo') return undone(history);
    if (action === 'redo') return redone(history);
    if ('replace' in action) return historyOf(action.replace);
    if ('takeBack' in action) {
        const { takeBack: at, before } = action;
        return takenBack(history, before, now => putBack(now, before, at), Date.now());
    }
    return changed(history, action.next, action.what, Date.now());
}

export function useEditor(
    user: string,
    org: string,
    loaded: Page,
    loadedEtag: string,
    mayEdit: boolean,
): EditorModel {
    const [start] = useState(() => startOf({ user, org, ...placeOf(loaded) }, loaded, loadedEtag));
    const [history, dispatch] = useReducer(
        reduce,
        start.kept?.draft ?? draftOf(start.page),
        historyOf,
    );
    const [page, setPage] = useState(start.page);
    const [etag, setEtag] = useState(start.etag);
    const [version, setVersion] = useState(0);
    const [selection, select] = useState<Selection>({ kind: 'page' });
    const [save, setSave] = useState<EditorModel['save']>({ state: 'saved', problem: null });
    const remember = useRemember(org, page);

    const taken = (next: Page, nextEtag: string) => {
        setPage(next);
        setEtag(nextEtag);
        setVersion(n => n + 1);
        remember(next, nextEtag);
    };
    const autosave = useAutosave(start, (state, problem) => setSave({ state, problem }), taken);
    useEffect(() => {
        if (mayEdit) autosave.change(history.now);
    }, [autosave, history.now, mayEdit]);
    useLeaveSafely(autosave);
    useLookAgain(org, page, autosave);

    const change = (next: Draft, what = '') => dispatch({ next, what });
    const drop = useRemoval({
        draft: history.now,
        selection,
        remove: at => change(remove(history.now, at)),
        takeBack: (before, at) => dispatch({ takeBack: at, before }),
        select,
    });
    const undo = () => dispatch('undo');
    const redo = () => dispatch('redo');
    useKeys({
        'mod+s': () => void autosave.flush(),
        'mod+z': undo,
        'mod+shift+z': redo,
        'mod+y': redo,
    });
    return {
        page,
        etag,
        draft: history.now,
        selection,
        select,
        change,
        remove: drop,
        undo,
        redo,
        canUndo: history.past.length > 0,
        canRedo: history.future.length > 0,
        save,
        autosave,
        adopt: (next, nextEtag, decision) => {
            if (decision === 'theirs') {
                dispatch({ replace: draftOf(next) });
                autosave.change(draftOf(next));
            }
            autosave.rebase(nextEtag, decision ? draftOf(next) : undefined);
            taken(next, nextEtag);
        },
        version,
    };
}

/** Leaving the screen and coming back finds the newest version, not the one of the first visit. */
function useRemember(org: string, page: Page) {
    const client = useQueryClient();
    const forget = useForgetLists(org);
    return (next: Page, etag: string) => {
        client.setQueryData(pageQuery(org, page.id, page.language).queryKey, { data: next, etag });
        forget();
    };
}

interface Start {
    place: Place;
    page: Page;
    etag: string;
    kept: Kept | null;
}

const placeOf = ({ id, language }: Page) => ({ page: id, language });

function startOf(place: Place, page: Page, etag: string): Start {
    const kept = readKept(place);
    if (!kept || !same(kept.draft, draftOf(page))) return { place, page, etag, kept };
    // It did reach the server, only the answer was lost.
    writeKept(place, null);
    return { place, page, etag, kept: null };
}

function useAutosave(
    { place, page, etag, kept }: Start,
    onState: (state: SaveState, problem: Problem | null) => void,
    onSaved: (page: Page, etag: string) => void,
): Autosave {
    const client = useQueryClient();
    const latest = useRef({ onState, onSaved });
    latest.current = { onState, onSaved };
    const [autosave] = useState(() => {
        const { user, ...path } = place;
        const world = {
            save: async (body: NonNullable<PagePatch>, ifMatch: string) => {
                // A late retry must not go out in the name of who signed in meanwhile.
                if (client.getQueryData(meQuery.queryKey)?.user.id !== user)
                    throw new Problem('unauthenticated', 401);
                return call('patch', VERSION, { path, body, ifMatch });
            },
            onState: (state: SaveState, problem: Problem | null) =>
                latest.current.onState(state, problem),
            onSaved: (saved: Page, next: string) => latest.current.onSaved(saved, next),
            keep: (draft: Draft | null, on: string) =>
                writeKept(place, draft && { draft, etag: on }),
        };
        // A kept draft saves on top of the version that it was written on: if there is a newer one, a
        // person decides.
        const saved = draftOf(page);
        if (!kept) return new Autosave(world, saved, saved, etag);
        return new Autosave(world, kept.draft, saved, kept.etag, kept.etag === etag);
    });
    useEffect(() => {
        const again = () => void autosave.flush();
        addEventListener('online', again);
        return () => removeEventListener('online', again);
    }, [autosave]);
    return autosave;
}

const LOOK_MS = 3000;

/** A page goes out at its time without us, and changes elsewhere while nobody looks. */
function useLookAgain(org: string, { id: page, language, publish_at }: Page, autosave: Autosave) {
    const look = useRef(async () => {});
    look.current = async () => {
        const before = autosave.version;
        const path = { org, page, language };
        const { data, etag } = await call('get', VERSION, { path });
        // What was saved or published meanwhile is newer than this answer.
        if (etag && autosave.version === before) autosave.seen(data, etag);
    };
    useEffect(() => {
        // Whoever is offline is told so elsewhere.
        const now = () => void look.current().catch(() => undefined);
        const isOver = () => publish_at !== null && Date.now() > Date.parse(publish_at);
        const timer = publish_at ? setInterval(() => isOver() && now(), LOOK_MS) : undefined;
        addEventListener('focus', now);
        return () => {
            clearInterval(timer);
            removeEventListener('focus', now);
        };
    }, [publish_at]);
}

/** Leaving saves first; what can't be saved is kept in this browser, so nothing is asked. */
function useLeaveSafely(autosave: Autosave) {
    useBlocker({
        shouldBlockFn: async () => {
            if (autosave.isDirty())
                await Promise.race([autosave.flush(), new Promise(done => setTimeout(done, 1500))]);
            return false;
        },
        enableBeforeUnload: () => autosave.isDirty() && autosave.state !== 'offline',
    });
}
