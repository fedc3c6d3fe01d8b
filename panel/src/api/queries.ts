import { QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { call, rememberCsrf } from './client';
import { Problem } from './problems';
import type { Me } from './types';

/** What every screen stands on: who I am, which organization this is, how the panel looks. */
export const queryClient = new QueryClient({
    defaultOptions: {
        queries: {
            staleTime: 10_000,
            retry: (count, error) => count < 2 && mayPass(error),
            retryDelay: count => 400 * 2 ** count,
        },
        mutations: { networkMode: 'always' },
    },
});

/** Only what may be different next time is asked again. */
function mayPass(error: unknown): boolean {
    return error instanceof Problem && (error.kind === 'unavailable' || error.kind === 'offline');
}

export const meQuery = queryOptions({
    queryKey: ['me'],
    queryFn: async ({ signal }): Promise<Me | null> => {
        try {
            const { data } = await call('get', '/api/v1/me', { signal });
            rememberCsrf(data.csrf_token);
            return data;
        } catch (error) {
            if (error instanceof Problem && error.kind === 'unauthenticated') return null;
            throw error;
        }
    },
    staleTime: 60_000,
});

export const brandingQuery = queryOptions({
    queryKey: ['branding'],
    queryFn: async ({ signal }) => (await call('get', '/api/v1/branding', { signal })).data,
    staleTime: 300_000,
});

export const organizationQuery = (org: string) =>
    queryOptions({
        queryKey: [org, 'organization'],
        queryFn: ({ signal }) => call('get', '/api/v1/orgs/{org}', { path: { org }, signal }),
        staleTime: 30_000,
    });

export const organizationsQuery = (search: string, limit = 30) =>
    queryOptions({
        queryKey: ['orgs', search, limit],
        queryFn: async ({ signal }) =>
            (await call('get', '/api/v1/orgs', { query: { search, limit }, signal })).data,
        staleTime: 30_000,
    });

/** Signed in: everything behind the shell is. */
export function useMe(): Me {
    const { data } = useQuery(meQuery);
    if (!data) throw new Problem('unauthenticated', 401);
    return data;
}

/**
 * Nobody is signed in any more. Awaited, so that what stands on a person has left the screen before a route's
 * change draws it once more.
 */
export async function forgetMe() {
    queryClient.setQueryData(meQuery.queryKey, null);
    await new Promise(done => setTimeout(done));
}

/** A new identity (sign-in, sign-up, a changed profile) is known at once everywhere. */
export function useSetMe() {
    const client = useQueryClient();
    return (me: Me) => {
        rememberCsrf(me.csrf_token);
        client.setQueryData(meQuery.queryKey, me);
    };
}

export function useOrganization(org: string) {
    const { data } = useQuery(organizationQuery(org));
    return data?.data;
}

/** The organization in the address: always there, never in ambient state. */
export function useOrg(): string {
    const { org } = useParams({ strict: false });
    return org ?? '';
}

/** More than one's own: the switcher opens, and 'All organizations' exists. */
export function reachesMany(me: Me): boolean {
    return (
        me.user.role === 'superadmin' ||
        me.organizations.length > 1 ||
        me.organizations.some(o => o.role === 'agency_admin')
    );
}
