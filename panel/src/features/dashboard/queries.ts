import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client';

export const dashboardQuery = (org: string) =>
    queryOptions({
        queryKey: [org, 'dashboard'],
        queryFn: async ({ signal }) =>
            (await call('get', '/api/v1/orgs/{org}/dashboard', { path: { org }, signal })).data,
    });
