import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isSlug, slugOf, slugTyped } from '../ui/slug';
import { call } from './client';
import type { SlugAnswer } from './types';

/** The address of a new organization: follows the name until it is typed by hand, and is asked live. */
export interface Slug {
    value: string;
    set: (typed: string) => void;
    state: 'empty' | 'short' | 'asking' | 'free' | 'refused' | 'unknown';
    answer: SlugAnswer | undefined;
    address: string;
    usable: boolean;
    /** Somebody wants to go on: an empty address is wrong from now on. */
    complain: () => void;
}

export function useSlug(name: string): Slug {
    const [typed, setTyped] = useState<string | null>(null);
    const [complained, setComplained] = useState(false);
    const value = typed ?? slugOf(name);
    const [late] = useDebouncedValue(value, 250);
    const { data, isError } = useQuery({
        queryKey: ['slug', late],
        queryFn: async ({ signal }) =>
            (await call('get', '/api/v1/slugs/{slug}', { path: { slug: late }, signal })).data,
        enabled: isSlug(late),
        staleTime: 5_000,
        retry: 1,
    });
    const answer = data?.slug === value ? data : undefined;
    const found = stateOf(value, answer, isError && late === value);
    const state = found === 'empty' && complained ? 'short' : found;
    return {
        value,
        set: text => setTyped(slugTyped(text)),
        state,
        answer,
        address: answer?.address ?? data?.address.replace(data.slug, value || 'your-site') ?? '',
        usable: isSlug(value) && state !== 'refused',
        complain: () => setComplained(true),
    };
}

function stateOf(value: string, answer: SlugAnswer | undefined, failed: boolean): Slug['state'] {
    if (!value) return 'empty';
    if (!isSlug(value)) return 'short';
    if (answer) return answer.free ? 'free' : 'refused';
    return failed ? 'unknown' : 'asking';
}
