import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { address, call, onStaleCsrf, onUnauthenticated, rememberCsrf } from './client';
import { Problem } from './problems';

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
    new Response(JSON.stringify(body), {
        status,
        headers: { 'Content-Type': 'application/json', ...headers },
    });
const problem = (kind: string, status: number, more: object = {}) =>
    new Response(
        JSON.stringify({
            type: `https://luster.dev/problems/${kind}`,
            title: kind,
            status,
            detail: 'Words.',
            request_id: 'req_1',
            ...more,
        }),
        {
            status,
            headers: { 'Content-Type': 'application/problem+json', ETag: '"9"' },
        },
    );

const path = { org: 'northwind', page: 'page_1', language: 'en' as const };
const PAGE = '/api/v1/orgs/{org}/pages/{page}/{language}';

describe('the client', () => {
    const sent = (index = 0) => fetch.mock.calls[index]![1]!.headers as Record<string, string>;
    let fetch = vi.spyOn(globalThis, 'fetch');
    beforeEach(() => {
        vi.useFakeTimers();
        fetch = vi.spyOn(globalThis, 'fetch');
        rememberCsrf('token');
    });
    afterEach(() => void vi.useRealTimers());

    it('fills addresses, and leaves out what is empty', () => {
        expect(address('/a/{x}/b', { x: 'c/d' }, { search: '', limit: 5, state: undefined })).toBe(
            '/a/c%2Fd/b?limit=5',
        );
    });

    it('gives the document with its version', async () => {
        fetch.mockResolvedValue(json({ title: 'A' }, 200, { ETag: '"3"' }));
        const answer = await call('get', PAGE, { path });
        expect(answer).toEqual({ data: { title: 'A' }, etag: '"3"' });
        expect(fetch.mock.calls[0]![0]).toBe('/api/v1/orgs/northwind/pages/page_1/en');
        expect(sent()).not.toHaveProperty('X-CSRF-Token');
        expect(sent()).not.toHaveProperty('Idempotency-Key');
    });

    it('sends version and token with a change', async () => {
        fetch.mockResolvedValue(json({}));
        await call('patch', PAGE, { path, body: { title: 'B' }, ifMatch: '"3"' });
        expect(sent()).toMatchObject({
            'If-Match': '"3"',
            'X-CSRF-Token': 'token',
            'Content-Type': 'application/json',
        });
        expect(fetch.mock.calls[0]![1]!.body).toBe('{"title":"B"}');
    });

    it('repeats a POST with the same key when the answer was unavailable', async () => {
        fetch
            .mockResolvedValueOnce(problem('unavailable', 503))
            .mockResolvedValueOnce(json({ url: 'x' }, 201));
        const answer = call('post', '/api/v1/orgs/{org}/previews', {
            path,
            body: { page: 'page_1', language: 'en' },
        });
        await vi.advanceTimersByTimeAsync(400);
        expect((await answer).data).toEqual({ url: 'x' });
        expect(sent(0)['Idempotency-Key']).toMatch(/^[0-9a-f-]{36}$/);
        expect(sent(1)['Idempotency-Key']).toBe(sent(0)['Idempotency-Key']);
    });

    it('repeats no change', async () => {
        fetch.mockResolvedValue(problem('unavailable', 503));
        await expect(call('patch', PAGE, { path, body: {} })).rejects.toMatchObject({
            kind: 'unavailable',
        });
        expect(fetch).toHaveBeenCalledOnce();
    });

    it('tells a problem with its fields, its request and the current version', async () => {
        const fields = [{ pointer: '/title', code: 'empty', detail: 'Give it a title.' }];
        fetch.mockResolvedValue(
            problem('changed-meanwhile', 412, { fields, current: { title: 'Theirs' } }),
        );
        const error = await call('patch', PAGE, { path, body: {} }).catch((e: Problem) => e);
        expect(error).toBeInstanceOf(Problem);
        expect(error).toMatchObject({
            kind: 'changed-meanwhile',
            status: 412,
            requestId: 'req_1',
            fields,
            current: { title: 'Theirs' },
            etag: '"9"',
        });
    });

    it('knows a lost network from an answer', async () => {
        fetch.mockRejectedValue(new TypeError('Failed to fetch'));
        await expect(call('get', '/api/v1/branding')).rejects.toMatchObject({
            kind: 'offline',
            status: 0,
        });
    });

    it('names a bare status, too', async () => {
        fetch.mockResolvedValue(new Response('<h1>Bad gateway</h1>', { status: 502 }));
        await expect(call('get', '/api/v1/branding')).rejects.toMatchObject({
            kind: 'unavailable',
            status: 502,
        });
    });

    it('gets a new token once when the known one is too old', async () => {
        onStaleCsrf(async () => rememberCsrf('newer'));
        fetch.mockResolvedValueOnce(problem('csrf', 403)).mockResolvedValueOnce(json({}));
        await call('patch', PAGE, { path, body: { title: 'B' }, ifMatch: '"3"' });
        expect(sent(1)).toMatchObject({ 'X-CSRF-Token': 'newer', 'If-Match': '"3"' });
        fetch.mockImplementation(async () => problem('csrf', 403));
        await expect(call('patch', PAGE, { path, body: {} })).rejects.toMatchObject({
            kind: 'csrf',
        });
    });

    it('says when the session has ended', async () => {
        const ended = vi.fn();
        onUnauthenticated(ended);
        fetch.mockResolvedValue(problem('unauthenticated', 401));
        await expect(call('get', '/api/v1/me')).rejects.toBeInstanceOf(Problem);
        expect(ended).toHaveBeenCalledOnce();
    });

    it('has nothing to read in an empty answer', async () => {
        fetch.mockResolvedValue(new Response(null, { status: 204 }));
        expect((await call('delete', '/api/v1/sessions/current')).data).toBeUndefined();
    });
});
