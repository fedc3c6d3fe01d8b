import { IconCheck } from '@tabler/icons-react';
import { m } from '../paraglide/messages.js';
import { TextField } from './fields';
import classes from './SlugField.module.css';
import { slugOf } from './slug';

interface SlugLike {
    value: string;
    set: (typed: string) => void;
    state: 'empty' | 'short' | 'asking' | 'free' | 'refused' | 'unknown';
    answer: { reason: string | null; suggestion: string | null } | undefined;
    address: string;
}

const REASONS: Record<string, () => string> = {
    taken: m.ui_slug_taken,
    reserved: m.ui_slug_reserved,
    lookalike: m.ui_slug_lookalike,
    invalid: m.ui_slug_rules,
};

/** The address, asked live; a refused one comes with one that is free. */
export function SlugField({ slug }: { slug: SlugLike }) {
    const suggestion = slug.state === 'refused' ? slug.answer?.suggestion : null;
    return (
        <div>
            <TextField
                label={m.ui_slug_label()}
                value={slug.value}
                onChange={event => slug.set(event.currentTarget.value)}
                onBlur={() => slug.value.endsWith('-') && slug.set(slugOf(slug.value))}
                error={errorOf(slug)}
                spellCheck={false}
                autoComplete="off"
                right={
                    slug.state === 'free' ? (
                        <IconCheck size={18} stroke={2} className={classes.ok} aria-hidden />
                    ) : null
                }
            />
            <p className={classes.note} role="status">
                {suggestion ? (
                    <button
                        type="button"
                        className={classes.take}
                        onClick={() => slug.set(suggestion)}
                    >
                        {m.ui_slug_take({ slug: suggestion })}
                    </button>
                ) : (
                    <Note slug={slug} />
                )}
            </p>
        </div>
    );
}

function Note({ slug }: { slug: SlugLike }) {
    if (slug.state === 'free') {
        return (
            <>
                {m.ui_slug_free()} <bdi dir="ltr">{slug.address}</bdi>
            </>
        );
    }
    if (slug.state === 'asking') return m.ui_slug_asking();
    if (slug.state === 'unknown') return m.ui_slug_unknown();
    return m.ui_slug_help();
}

function errorOf(slug: SlugLike) {
    if (slug.state === 'short') return m.ui_slug_rules();
    if (slug.state !== 'refused') return undefined;
    return (REASONS[slug.answer?.reason ?? ''] ?? m.ui_slug_rules)();
}
