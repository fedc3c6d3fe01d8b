/** What went wrong, in the server's words (RFC 9457), or ours where no answer came. */
export type ProblemKind =
    | 'invalid'
    | 'unauthenticated'
    | 'forbidden'
    | 'not-found'
    | 'conflict'
    | 'changed-meanwhile'
    | 'precondition-required'
    | 'limit-reached'
    | 'too-many-requests'
    | 'unavailable'
    | 'misdirected'
    | 'too-large'
    | 'unsupported-media-type'
    | 'method-not-allowed'
    | 'csrf'
    | 'idempotency-mismatch'
    | 'in-progress'
    | 'offline';

export interface FieldProblem {
    pointer: string;
    code: string;
    detail: string;
}

interface ProblemBody {
    type?: string;
    title?: string;
    status?: number;
    detail?: string;
    request_id?: string;
    fields?: FieldProblem[];
    current?: unknown;
    retry_after?: number;
}

export class Problem extends Error {
    readonly kind: ProblemKind;
    readonly status: number;
    readonly detail: string;
    readonly requestId: string | null;
    readonly fields: FieldProblem[];
    readonly current: unknown;
    readonly etag: string | null;
    readonly retryAfter: number | null;

    constructor(kind: ProblemKind, status: number, body: ProblemBody = {}, headers?: Headers) {
        super(body.title ?? kind);
        this.name = 'Problem';
        this.kind = kind;
        this.status = status;
        this.detail = body.detail ?? '';
        this.requestId = body.request_id ?? headers?.get('X-Request-Id') ?? null;
        this.fields = body.fields ?? [];
        this.current = body.current;
        this.etag = headers?.get('ETag') ?? null;
        this.retryAfter = body.retry_after ?? null;
    }
}

const BY_STATUS: Record<number, ProblemKind> = {
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not-found',
    409: 'conflict',
    412: 'changed-meanwhile',
    413: 'too-large',
    422: 'invalid',
    428: 'precondition-required',
    429: 'too-many-requests',
};

/** An answer that isn't a success, whatever its body. */
export async function problemOf(response: Response): Promise<Problem> {
    const isProblem = response.headers.get('Content-Type')?.includes('application/problem+json');
    const body: ProblemBody = isProblem ? await response.json().catch(() => ({})) : {};
    const named = body.type?.split('/').pop() as ProblemKind | undefined;
    const kind = named ?? BY_STATUS[response.status] ?? 'unavailable';
    return new Problem(kind, response.status, body, response.headers);
}

/** No answer at all: the network, or the server, is away. */
export function offlineProblem(): Problem {
    return new Problem('offline', 0);
}

export function asProblem(error: unknown): Problem | null {
    if (!error) return null;
    if (error instanceof Problem) return error;
    return new Problem('unavailable', 0, { detail: String(error) });
}
