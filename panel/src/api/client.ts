import type { paths } from './generated';
import { offlineProblem, Problem, problemOf } from './problems';

/** Typed calls by path. Only `paths` of the generated file is used, so its schema names may change. */
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type Path = keyof paths;

type Operation<P extends Path, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type JsonOf<R> = R extends { content: { 'application/json': infer B } } ? B : undefined;
type Answers<O> = O extends { responses: infer R } ? R : never;
export type AnswerBody<P extends Path, M extends Method> = {
    [S in keyof Answers<Operation<P, M>> & (200 | 201 | 202 | 204)]: JsonOf<
        Answers<Operation<P, M>>[S]
    >;
}[keyof Answers<Operation<P, M>> & (200 | 201 | 202 | 204)];
export type RequestBody<P extends Path, M extends Method> =
    Operation<P, M> extends { requestBody?: { content: { 'application/json': infer B } } }
        ? B
        : undefined;
type QueryOf<O> = O extends { parameters: { query?: infer Q extends object } } ? Q : undefined;
type Variables<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
    ? Name | Variables<Rest>
    : never;

export interface CallOptions<P extends Path, M extends Method> {
    path?: Record<Variables<P>, string>;
    query?: QueryOf<Operation<P, M>>;
    body?: RequestBody<P, M>;
    /** The version that is being changed. */
    ifMatch?: string | null;
    /** The same for every repetition of one intention; made afresh when left out. */
    key?: string;
    signal?: AbortSignal;
}

export interface Answer<T> {
    data: T;
    etag: string | null;
}

const state = {
    csrf: '',
    language: 'en',
    unauthenticated: () => {},
    freshCsrf: async (): Promise<unknown> => undefined,
};

export function rememberCsrf(token: string) {
    state.csrf = token;
}
export function speak(language: string) {
    state.language = language;
}
export function onUnauthenticated(handler: () => void) {
    state.unauthenticated = handler;
}

/** How to get a new token when the known one is too old. */
export function onStaleCsrf(handler: () => Promise<unknown>) {
    state.freshCsrf = handler;
}

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const REPEAT_AFTER_MS = [300, 1200];

export async function call<P extends Path, M extends Method>(
    method: M,
    path: P,
    options: CallOptions<P, M> = {},
): Promise<Answer<AnswerBody<P, M>>> {
    const url = address(path, options.path, options.query as object | undefined);
    let request = requestOf(method, options);
    let renewed = false;
    for (let attempt = 0; ; attempt++) {
        try {
            return await send(url, request);
        } catch (error) {
            if (error instanceof Problem && error.kind === 'csrf' && !renewed) {
                renewed = true;
                await state.freshCsrf();
                const headers = { ...(request.headers as object), 'X-CSRF-Token': state.csrf };
                request = { ...request, headers };
                continue;
            }
            const wait = REPEAT_AFTER_MS[attempt];
            if (wait === undefined || !mayRepeat(method, error)) throw error;
            await sleep(wait);
        }
    }
}

/** A POST carries a key, so repeating it after a lost or late answer is safe. */
function mayRepeat(method: Method, error: unknown): boolean {
    if (method !== 'post' || !(error instanceof Problem)) return false;
    return error.kind === 'in-progress' || error.kind === 'unavailable';
}

async function send<T>(url: string, request: RequestInit): Promise<Answer<T>> {
    const response = await fetch(url, request).catch(error => {
        if (request.signal?.aborted) throw error;
        throw offlineProblem();
    });
    if (!response.ok) {
        const problem = await problemOf(response);
        if (problem.kind === 'unauthenticated') state.unauthenticated();
        throw problem;
    }
    const empty = response.status === 204 || response.headers.get('Content-Length') === '0';
    return {
        data: (empty ? undefined : await response.json()) as T,
        etag: response.headers.get('ETag'),
    };
}

function requestOf<P extends Path, M extends Method>(method: M, options: CallOptions<P, M>) {
    const headers: Record<string, string> = {
        Accept: 'application/json',
        'Accept-Language': state.language,
    };
    if (method !== 'get' && state.csrf) headers['X-CSRF-Token'] = state.csrf;
    if (method === 'post') headers['Idempotency-Key'] = options.key ?? crypto.randomUUID();
    if (options.ifMatch) headers['If-Match'] = options.ifMatch;
    const request: RequestInit = {
        method: method.toUpperCase(),
        headers,
        credentials: 'same-origin',
    };
    if (options.signal) request.signal = options.signal;
    if (options.body !== undefined) {
        headers['Content-Type'] = 'application/json';
        request.body = JSON.stringify(options.body);
    }
    return request;
}

export function address(path: string, variables: object = {}, query: object = {}): string {
    const filled = path.replace(/\{(\w+)\}/g, (_, name) =>
        encodeURIComponent(String((variables as Record<string, string>)[name])),
    );
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
        if (value !== undefined && value !== '') search.set(name, String(value));
    }
    return search.size ? `${filled}?${search}` : filled;
}
