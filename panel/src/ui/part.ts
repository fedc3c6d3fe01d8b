import type { ComponentType } from 'react';

/** A part of a screen whose code comes when it is first wanted, or ahead when there is time. */
export class Part<P extends object> {
    /** What draws it, once that is there. */
    Code: ComponentType<P> | null = null;

    constructor(private readonly load: () => Promise<ComponentType<P>>) {}

    async fetch() {
        if (this.Code) return;
        await reviveStyles();
        this.Code = await this.load();
    }

    /** Fetches ahead; without a line, once it is back. */
    warm = () => {
        this.fetch().catch(() => addEventListener('online', this.warm, { once: true }));
    };
}

/*
 * A style sheet that did not arrive is never asked for again by itself: the bundler only looks whether its link is
 * there. So the dead ones are marked, and replaced before the next part is fetched.
 */
document.addEventListener(
    'error',
    ({ target }) => {
        if (target instanceof HTMLLinkElement) target.dataset.dead = '';
    },
    true,
);

async function reviveStyles() {
    const dead = document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet][data-dead]');
    await Promise.all([...dead].map(revive));
}

function revive(link: HTMLLinkElement) {
    const next = link.cloneNode() as HTMLLinkElement;
    delete next.dataset.dead;
    return new Promise<void>((done, fail) => {
        next.onload = () => done();
        next.onerror = fail;
        link.replaceWith(next);
    });
}
