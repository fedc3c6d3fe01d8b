import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call } from '../../api/client';
import type { OrganizationSummary } from '../../api/types';

export const organizationListQuery = (search: string) =>
    infiniteQueryOptions({
        queryKey: ['orgs', 'list', search],
        queryFn: async ({ pageParam, signal }) => {
            const query = { search, limit: 100, cursor: pageParam || undefined };
            return (await call('get', '/api/v1/orgs', { query, signal })).data;
        },
        initialPageParam: '',
        getNextPageParam: last => last.next ?? undefined,
        placeholderData: keepPreviousData,
    });

/** Where new clients may be put: agencies that one administers. */
export function parentsOf(organizations: OrganizationSummary[]): OrganizationSummary[] {
    return organizations.filter(
        o => o.kind !== 'organization' && (o.role === 'agency_admin' || o.role === 'superadmin'),
    );
}
