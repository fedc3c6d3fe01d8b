import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../../../api/problems';
import type { Page } from '../../../api/types';
import { Autosave, type SaveState, type SaveWorld } from './autosave';
import type { Draft } from './draft';

const draft: Draft = {
    title: 'A',
    slug: 'a',
    seo: { title: null, description: null, noindex: false },
    sections: { sections: {}, order: [] },
};
const titled = (title: string) => ({ ...draft, title });

function make(save: SaveWorld['save']) {
    const states: SaveState[] = [];
    const kept: (Draft | null)[] = [];
    const world: SaveWorld = {
        save: vi.fn(save),
        onState: state => states.push(state),
        onSaved: vi.fn(),
        keep: one => kept.push(one),
    };
    return { world, states, kept, autosave: new Autosave(world, draft, draft, '"1"') };
}

const newer = (title: string) => {
    const current = { ...titled(title), id: 'p', state: 'draft' };
    const headers = new Headers({ ETag: '"2"' });
    return new Problem('changed-meanwhile', 412, { current }, headers);
};

let version = 1;
const accept: SaveWorld['save'] = async () => ({ data: {} as Page, etag: `"${++version}"` });

describe('autosave', () => {
    beforeEach(() => {
        vi.useFakeTimers();
        version = 1;
    });
    afterEach(() => void vi.useRealTimers());

    it('waits for a pause and saves once, on top of the known version', async () => {
        const { world, states, kept, autosave } = make(accept);
        autosave.change(titled('B'));
        autosave.change(titled('C'));
        await vi.advanceTimersByTimeAsync(600);
        expect(world.save).toHaveBeenCalledExactlyOnceWith({ title: 'C' }, '"1"');
        expect(states.at(-1)).toBe('saved');
        expect(kept.at(-1)).toBeNull();
        expect(autosave.version).toBe('"2"');
    });

    it('saves what was typed during a save afterwards, on top of its answer', async () => {
        const { world, autosave } = make(async () => {
            await new Promise(done => setTimeout(done, 300));
            return accept({}, '');
        });
        autosave.change(titled('B'));
        await vi.advanceTimersByTimeAsync(550);
        autosave.change(titled('C'));
        await vi.advanceTimersByTimeAsync(2000);
        expect(world.save).toHaveBeenLastCalledWith({ title: 'C' }, '"2"');
        expect(world.save).toHaveBeenCalledTimes(2);
    });

    it('keeps a draft while the server is away and tries again', async () => {
        let away = true;
        const { states, kept, autosave } = make(async () => {
            if (away) throw new Problem('offline', 0);
            return accept({}, '');
        });
        autosave.change(titled('B'));
        await vi.advanceTimersByTimeAsync(600);
        expect(states.at(-1)).toBe('offline');
        expect(kept.at(-1)?.title).toBe('B');
        away = false;
        await vi.advanceTimersByTimeAsync(5000);
        expect(states.at(-1)).toBe('saved');
    });

    it('stops at a newer version and never overwrites it', async () => {
        const { world, states, autosave } = make(async () => {
            throw new Problem('changed-meanwhile', 412);
        });
        autosave.change(titled('B'));
        await vi.advanceTimersByTimeAsync(600);
        autosave.change(titled('C'));
        await vi.advanceTimersByTimeAsync(60_000);
        expect(states.at(-1)).toBe('conflict');
        expect(world.save).toHaveBeenCalledOnce();
        expect(await autosave.flush()).toBe(false);
    });

    it('asks a person when a publication met a newer version, though nothing was typed', async () => {
        const { world, states, autosave } = make(accept);
        expect(autosave.overtaken(newer('Theirs'))).toBe(false);
        expect(states.at(-1)).toBe('conflict');
        autosave.change(titled('B'));
        await vi.advanceTimersByTimeAsync(60_000);
        expect(world.save).not.toHaveBeenCalled();
        autosave.rebase('"2"');
        await vi.advanceTimersByTimeAsync(1000);
        expect(world.save).toHaveBeenCalledWith({ title: 'B' }, '"2"');
    });

    const lost = () => new Problem('offline', 0);

    it('knows its own version whose answer was lost, and goes on', async () => {
        const save = vi
            .fn<SaveWorld['save']>()
            .mockRejectedValueOnce(lost())
            .mockRejectedValueOnce(newer('B'))
            .mockImplementation(accept);
        const { world, states, kept, autosave } = make(save);
        autosave.change(titled('B'));
        await vi.advanceTimersByTimeAsync(10_000);
        expect(save).toHaveBeenCalledTimes(2);
        expect(states).not.toContain('conflict');
        expect(states.at(-1)).toBe('saved');
        expect(kept.at(-1)).toBeNull();
        expect(autosave.version).toBe('"2"');
        expect(world.onSaved).toHaveBeenCalledOnce();
    });

    it('knows it also when more was typed since', async () => {
        const save = vi
            .fn<SaveWorld['save']>()
            .mockRejectedValueOnce(lost())
            .mockRejectedValueOnce(newer('B'))
            .mockImplementation(accept);
        const { states, autosave } = make(save);
        autosave.change(titled('B'));
        await vi.advanceTimersByTimeAsync(600);
        autosave.change(titled('C'));
        await vi.advanceTimersByTimeAsync(10_000);
        expect(save).toHaveBeenLastCalledWith({ title: 'C' }, '"2"');
        expect(states).not.toContain('conflict');
        expect(states.at(-1)).toBe('saved');
    });

    it('asks a person when somebody else was faster than the retry', async () => {
        const save = vi
            .fn<SaveWorld['save']>()
            .mockRejectedValueOnce(lost())
            .mockRejectedValueOnce(newer('Theirs'));
        const { states, autosave } = make(save);
        autosave.change(titled('B'));
        await vi.advanceTimersByTimeAsync(10_000);
        expect(states.at(-1)).toBe('conflict');
        expect(save).toHaveBeenCalledTimes(2);
    });

    it('builds on a newer version of the content it knows: the page went out at its time', async () => {
        const save = vi
            .fn<SaveWorld['save']>()
            .mockRejectedValueOnce(newer('A'))
            .mockImplementation(accept);
        const { states, autosave } = make(save);
        autosave.change(titled('B'));
        await vi.advanceTimersByTimeAsync(1000);
        expect(save).toHaveBeenLastCalledWith({ title: 'B' }, '"2"');
        expect(states).not.toContain('conflict');
        expect(states.at(-1)).toBe('saved');
    });

    it('lets a publication go on top of such a version', () => {
        const { world, states, autosave } = make(accept);
        expect(autosave.overtaken(newer('A'))).toBe(true);
        expect(autosave.version).toBe('"2"');
        expect(states.at(-1)).toBe('saved');
        expect(world.onSaved).toHaveBeenCalledOnce();
    });

    it('does not know the content below a kept draft: a person decides', async () => {
        const { world } = make(accept);
        const states: SaveState[] = [];
        const save = async () => Promise.reject(newer('Theirs'));
        const here = { ...world, save, onState: (state: SaveState) => states.push(state) };
        const autosave = new Autosave(here, titled('Kept'), titled('Theirs'), '"1"', false);
        autosave.seen({ ...titled('Theirs') } as Page, '"2"');
        expect(autosave.version).toBe('"1"');
        autosave.change(titled('Kept'));
        await vi.advanceTimersByTimeAsync(1000);
        expect(states.at(-1)).toBe('conflict');
    });

    it('takes over what it is shown where only the version is newer', async () => {
        const { world, states, autosave } = make(accept);
        autosave.seen({ ...titled('Theirs') } as Page, '"2"');
        expect(autosave.version).toBe('"1"');
        autosave.change(titled('B'));
        autosave.seen({ ...titled('A') } as Page, '"3"');
        expect(autosave.version).toBe('"3"');
        await vi.advanceTimersByTimeAsync(1000);
        expect(world.save).toHaveBeenCalledExactlyOnceWith({ title: 'B' }, '"3"');
        expect(states.at(-1)).toBe('saved');
    });

    it('goes on when a person decided for their own', async () => {
        const save = vi
            .fn<SaveWorld['save']>()
            .mockRejectedValueOnce(new Problem('changed-meanwhile', 412))
            .mockImplementation(accept);
        const { states, autosave } = make(save);
        autosave.change(titled('B'));
        await vi.advanceTimersByTimeAsync(600);
        autosave.rebase('"7"', titled('Theirs'));
        await vi.advanceTimersByTimeAsync(100);
        expect(save).toHaveBeenLastCalledWith({ title: 'B' }, '"7"');
        expect(states.at(-1)).toBe('saved');
    });

    it('says what the server refused, and saves again after the next change', async () => {
        const save = vi
            .fn<SaveWorld['save']>()
            .mockRejectedValueOnce(new Problem('invalid', 422))
            .mockImplementation(accept);
        const { states, autosave } = make(save);
        autosave.change(titled(''));
        await vi.advanceTimersByTimeAsync(600);
        expect(states.at(-1)).toBe('refused');
        autosave.change(titled('B'));
        await vi.advanceTimersByTimeAsync(600);
        expect(states.at(-1)).toBe('saved');
    });

    it('has nothing to save when a change is taken back before its time', async () => {
        const { world, states, kept, autosave } = make(accept);
        autosave.change(titled('B'));
        autosave.change(draft);
        await vi.advanceTimersByTimeAsync(5000);
        expect(world.save).not.toHaveBeenCalled();
        expect(states.at(-1)).toBe('saved');
        expect(kept.at(-1)).toBeNull();
    });

    it('saves it once more when a change is taken back during its save', async () => {
        const { world, states, autosave } = make(async () => {
            await new Promise(done => setTimeout(done, 300));
            return accept({}, '');
        });
        autosave.change(titled('B'));
        await vi.advanceTimersByTimeAsync(550);
        autosave.change(draft);
        await vi.advanceTimersByTimeAsync(2000);
        expect(world.save).toHaveBeenLastCalledWith({ title: 'A' }, '"2"');
        expect(states.at(-1)).toBe('saved');
    });

    it('forgets what was refused when it is taken back', async () => {
        const { states, autosave } = make(async () => {
            throw new Problem('invalid', 422);
        });
        autosave.change(titled(''));
        await vi.advanceTimersByTimeAsync(600);
        autosave.change(draft);
        expect(states.at(-1)).toBe('saved');
    });
});
