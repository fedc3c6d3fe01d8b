import { asProblem, type Problem } from '../../../api/problems';
import type { Page } from '../../../api/types';
import { type Draft, draftOf, patchOf } from './draft';

/**
 * Saves what was changed, one save at a time, each on top of the version that the last one answered.
 * Never overwrites: a newer version of somebody else stops it until a person decided.
 */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'refused' | 'conflict';

export interface SaveWorld {
    save(
        patch: NonNullable<ReturnType<typeof patchOf>>,
        etag: string,
    ): Promise<{ data: Page; etag: string | null }>;
    onState(state: SaveState, problem: Problem | null): void;
    onSaved(page: Page, etag: string): void;
    /** Kept where a closed tab does not lose it; null when all is saved. */
    keep(draft: Draft | null, etag: string): void;
}

const QUIET_MS = 500;
const AGAIN_MS = 4000;
const UNANSWERED_MAX = 20;

export class Autosave {
    private timer: ReturnType<typeof setTimeout> | undefined;
    private running: Promise<void> | null = null;
    private stopped = false;
    /** Sent, but nobody said whether it arrived. */
    private unanswered: Draft[] = [];
    state: SaveState = 'saved';

    constructor(
        private readonly world: SaveWorld,
        private draft: Draft,
        private saved: Draft,
        private etag: string,
        /** Whether `saved` is what version `etag` holds: not where a kept draft was written on an older one. */
        private based = true,
    ) {}

    change(draft: Draft) {
        this.draft = draft;
        // While a save is under way, what is on the server is not yet known.
        if (!this.running && !this.isDirty()) return this.rest();
        this.world.keep(draft, this.etag);
        if (this.state === 'conflict') return;
        if (!this.running) this.set('waiting');
        this.later(QUIET_MS);
    }

    /** The version that the next save builds on. */
    get version(): string {
        return this.etag;
    }

    isDirty(): boolean {
        return patchOf(this.draft, this.saved) !== null;
    }

    /** Saves all that is left now; false when that was not possible. */
    async flush(): Promise<boolean> {
        clearTimeout(this.timer);
        if (this.state === 'conflict') return false;
        while (this.running) await this.running;
        if (this.isDirty()) await this.run();
        return !this.isDirty();
    }

    /** Something else than a save was refused for a newer version. True: it may be tried on top of that. */
    overtaken(problem: Problem): boolean {
        clearTimeout(this.timer);
        return this.changedMeanwhile([], problem);
    }

    /** The page was looked at: its content may be the known one in a newer version, as after its time came. */
    seen(page: Page, etag: string) {
        if (!this.based || this.running || this.state === 'conflict') return;
        if (etag === this.etag) return;
        if (patchOf(this.saved, draftOf(page)) === null) this.goOn(this.saved, page, etag);
    }

    /** The version to build on: after a publication, or when a person decided about a conflict. */
    rebase(etag: string, saved?: Draft) {
        this.etag = etag;
        this.based = true;
        if (saved) this.saved = saved;
        this.set(this.isDirty() ? 'waiting' : 'saved');
        if (this.isDirty()) this.later(0);
        else this.world.keep(null, etag);
    }

    stop() {
        this.stopped = true;
        clearTimeout(this.timer);
    }

    private later(ms: number) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => void this.flush(), ms);
    }

    private run(): Promise<void> {
        this.running = this.saveOnce().finally(() => {
            this.running = null;
            if (!this.isDirty()) this.rest();
        });
        return this.running;
    }

    /** What was changed is as it was: there is nothing to save, and nothing that could be refused. */
    private rest() {
        clearTimeout(this.timer);
        if (this.state === 'saved' || this.state === 'conflict') return;
        this.world.keep(null, this.etag);
        this.set('saved');
    }

    private async saveOnce() {
        const sent = this.draft;
        const patch = patchOf(sent, this.saved);
        if (!patch) return;
        this.set('saving');
        try {
            const { data, etag } = await this.world.save(patch, this.etag);
            this.arrived(sent, data, etag ?? this.etag);
        } catch (error) {
            this.failed(sent, asProblem(error)!);
        }
    }

    private arrived(sent: Draft, page: Page, etag: string) {
        this.saved = sent;
        this.etag = etag;
        this.based = true;
        this.unanswered = [];
        this.world.keep(this.isDirty() ? this.draft : null, etag);
        this.world.onSaved(page, etag);
        this.set(this.isDirty() ? 'waiting' : 'saved');
    }

    private goOn(saved: Draft, page: Page, etag: string) {
        this.arrived(saved, page, etag);
        if (this.isDirty()) this.later(0);
    }

    /**
     * The newer version may be our own: it arrived, and its answer was lost on the way back. Or it has the
     * content that we build on: the page went out at its time. False when a person has to decide.
     */
    private changedMeanwhile(sent: Draft[], problem: Problem): boolean {
        const current = problem.current as Page | undefined;
        const own =
            current &&
            [...sent, ...this.unanswered, ...(this.based ? [this.saved] : [])].find(
                draft => patchOf(draft, draftOf(current)) === null,
            );
        const known = own && problem.etag && problem.etag !== this.etag;
        if (known) this.goOn(own, current, problem.etag!);
        else this.set('conflict', problem);
        return Boolean(known);
    }

    private failed(sent: Draft, problem: Problem) {
        if (problem.kind === 'changed-meanwhile')
            return void this.changedMeanwhile([sent], problem);
        const away =
            problem.kind === 'offline' ||
            problem.kind === 'unavailable' ||
            problem.kind === 'too-many-requests';
        this.set(away ? 'offline' : 'refused', problem);
        if (!away) return;
        if (this.unanswered.at(-1) !== sent)
            this.unanswered = [...this.unanswered, sent].slice(-UNANSWERED_MAX);
        this.later(AGAIN_MS);
    }

    private set(state: SaveState, problem: Problem | null = null) {
        this.state = state;
        if (!this.stopped) this.world.onState(state, problem);
    }
}
