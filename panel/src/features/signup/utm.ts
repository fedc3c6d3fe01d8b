import * as limits from '../../api/limits';
import type { SignUp } from '../../api/types';

type Utm = NonNullable<SignUp['utm']>;
const NAMES = ['source', 'medium', 'campaign', 'term', 'content'] as const;

/** Where this person came from, as the link said; undefined when it said nothing. */
export function utmOf(query: string): Utm | undefined {
    const search = new URLSearchParams(query);
    const utm: Utm = {};
    for (const name of NAMES) {
        const value = search.get(`utm_${name}`)?.trim();
        if (value) utm[name] = value.slice(0, limits.Utm[name].max);
    }
    return Object.keys(utm).length > 0 ? utm : undefined;
}
