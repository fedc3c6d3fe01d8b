import {
    infiniteQueryOptions,
    keepPreviousData,
    queryOptions,
    useMutation,
    useQueryClient,
} from '@tanstack/react-query';
import { useRef } from 'react';
import { call } from '../../api/client';
import type { Language, PageState } from '../../api/types';

/** A site always has its home page: it is never unpublished and never binned. */
export const mayLeave = ({ template }: { template: string }) => template !== 'home';

/** One language of one page. */
export const keyOf = (page: { id: string; language: string }) => `${page.id}/${page.language}`;

/** What the address says about the list. */
export interface ListSearch {
    search?: string | undefined;
    state?: PageState | undefined;
    sort?: 'title' | undefined;
    new?: boolean | undefined;
}

const STATES = ['published', 'changed', 'draft', 'scheduled', 'binned'];

export function listSearch(raw: Record<string, unknown>): ListSearch {
    return {
        search: typeof raw.search === 'string' && raw.search ? raw.search : undefined,
        state: STATES.includes(String(raw.state)) ? (raw.state as PageState) : undefined,
        sort: raw.sort === 'title' ? 'title' : undefined,
        new: raw.new === true ? true : undefined,
    };
}

export const pagesQuery = (org: string, { search, state, sort }: ListSearch) =>
    infiniteQueryOptions({
        queryKey: [org, 'pages', { search, state, sort }],
        queryFn: async ({ pageParam, signal }) => {
            const cursor = pageParam || undefined;
            const query = {
                search,
                state,
                sort: sort ?? ('-updated_at' as const),
                limit: 100,
                cursor,
            };
            return (await call('get', '/api/v1/orgs/{org}/pages', { path: { org }, query, signal }))
                .data;
        },
        initialPageParam: '',
        getNextPageParam: last => last.next ?? undefined,
        placeholderData: keepPreviousData,
    });

export const foundPagesQuery = (org: string, search: string) =>
    queryOptions({
        queryKey: [org, 'found', search],
        queryFn: async ({ signal }) => {
            const query = { search, limit: 6 };
            return (await call('get', '/api/v1/orgs/{org}/pages', { path: { org }, query, signal }))
                .data.items;
        },
    });

export const pageQuery = (org: string, page: string, language: Language) =>
    queryOptions({
        queryKey: [org, 'page', page, language],
        queryFn: ({ signal }) =>
            call('get', '/api/v1/orgs/{org}/pages/{page}/{language}', {
                path: { org, page, language },
                signal,
            }),
        staleTime: 0,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
    });

export const themeQuery = (org: string) =>
    queryOptions({
        queryKey: [org, 'theme'],
        queryFn: async ({ signal }) =>
            (await call('get', '/api/v1/orgs/{org}/theme', { path: { org }, signal })).data,
        staleTime: 300_000,
    });

/** After any change of a page: the lists and the dashboard are asked again when they are looked at. */
export function useForgetLists(org: string) {
    const client = useQueryClient();
    return () => {
        void client.invalidateQueries({ queryKey: [org, 'pages'] });
        void client.invalidateQueries({ queryKey: [org, 'found'] });
        void client.invalidateQueries({ queryKey: [org, 'dashboard'] });
    };
}

export const VERSION = '/api/v1/orgs/{org}/pages/{page}/{language}';
export const PUBLICATION = `${VERSION}/publication` as const;
export const SCHEDULE = `${PUBLICATION}/schedule` as const;

/** Publishing from a list: the newest version is asked for first, so that it is what goes out. */
export async function publishNewest(org: string, page: string, language: Language, at?: string) {
    const path = { org, page, language };
    const { etag } = await call('get', VERSION, { path });
    return call('put', PUBLICATION, { path, ifMatch: etag, body: at ? { publish_at: at } : {} });
}

/** The way back, or null where the draft is not what was out: that is then nowhere any more. */
export async function unpublishNewest(org: string, page: string, language: Language) {
    const path = { org, page, language };
    const before = await call('get', VERSION, { path });
    const { etag } = await call('delete', PUBLICATION, { path, ifMatch: before.etag });
    if (before.data.state !== 'published') return null;
    return () => call('put', PUBLICATION, { path, ifMatch: etag, body: {} });
}

export async function unscheduleNewest(org: string, page: string, language: Language) {
    const path = { org, page, language };
    const { etag } = await call('get', VERSION, { path });
    return call('delete', SCHEDULE, { path, ifMatch: etag });
}

export function useBin(org: string) {
    const forget = useForgetLists(org);
    const bin = useMutation({
        mutationFn: async (pages: string[]) => {
            for (const page of pages)
                await call('delete', '/api/v1/orgs/{org}/pages/{page}', { path: { org, page } });
        },
        onSettled: forget,
    });
    const restore = useMutation({
        mutationFn: async (pages: string[]) => {
            for (const page of pages) {
                await call('put', '/api/v1/orgs/{org}/pages/{page}/restoration', {
                    path: { org, page },
                });
            }
        },
        onSettled: forget,
    });
    return { bin, restore };
}

/** Of pages in the bin. One after the other; asked again after a fault, it goes on where it stood. */
export function useErase(org: string) {
    const gone = useRef(new Set<string>());
    return useMutation({
        mutationFn: async (pages: string[]) => {
            for (const page of pages.filter(id => !gone.current.has(id))) {
                await call('delete', '/api/v1/orgs/{org}/bin/pages/{page}', {
                    path: { org, page },
                });
                gone.current.add(page);
            }
        },
        onSettled: useForgetLists(org),
    });
}

/** For a choice of a page: the first hundred by title. */
export const allPagesQuery = (org: string) =>
    queryOptions({
        queryKey: [org, 'pages', 'choice'],
        queryFn: async ({ signal }) => {
            const query = { sort: 'title' as const, limit: 100 };
            return (await call('get', '/api/v1/orgs/{org}/pages', { path: { org }, query, signal }))
                .data.items;
        },
        staleTime: 60_000,
    });
