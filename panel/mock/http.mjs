// The small tools of the stand-in server: answers, problems, bodies.
import { randomUUID } from 'node:crypto';

const TITLES = {
    invalid: [422, 'Some fields are not right'],
    unauthenticated: [401, 'Sign in first'],
    forbidden: [403, 'Your role does not allow this'],
    'not-found': [404, 'This does not exist'],
    conflict: [409, 'This is not possible now'],
    'changed-meanwhile': [412, 'Somebody changed this meanwhile'],
    'precondition-required': [428, 'Say which version you change'],
    'too-many-requests': [429, 'Too many requests'],
    unavailable: [503, 'The server is busy'],
    csrf: [403, 'The page is too old'],
    'method-not-allowed': [405, 'Not this way'],
};

export class ProblemAnswer extends Error {
    constructor(kind, detail = '', more = {}) {
        super(kind);
        this.kind = kind;
        this.detail = detail;
        this.more = more;
    }
}

export const refuse = (kind, detail, more) => {
    throw new ProblemAnswer(kind, detail, more);
};

export const invalid = fields =>
    refuse('invalid', 'Check the marked fields.', {
        fields: fields.map(([pointer, detail]) => ({ pointer, code: 'invalid', detail })),
    });

export function sendProblem(response, { kind, detail, more = {} }) {
    const [status, title] = TITLES[kind] ?? [500, 'Something went wrong'];
    const { etag, ...rest } = more;
    const type = `https://luster.dev/problems/${kind}`;
    const body = {
        type,
        title,
        status,
        detail: detail || title,
        request_id: `req_${randomUUID().slice(0, 8)}`,
        ...rest,
    };
    if (etag) response.setHeader('ETag', etag);
    response.writeHead(status, { 'Content-Type': 'application/problem+json' });
    response.end(JSON.stringify(body));
}

export function sendJson(response, status, body, headers = {}) {
    if (status === 204) {
        response.writeHead(204, headers);
        return response.end();
    }
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
}

export async function readJson(request) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const text = Buffer.concat(parts).toString();
    if (!text) return undefined;
    try {
        return JSON.parse(text);
    } catch {
        return invalid([['', 'This is not JSON.']]);
    }
}

export function cookieOf(request, name) {
    const cookies = request.headers.cookie?.split(/;\s*/) ?? [];
    return cookies.find(c => c.startsWith(`${name}=`))?.slice(name.length + 1);
}
