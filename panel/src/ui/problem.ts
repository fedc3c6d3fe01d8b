import { m } from '../paraglide/messages.js';

/** What the parts here need to know of a problem; the api's class has it all. */
export interface ProblemLike {
    kind: string;
    status: number;
    message: string;
    detail: string;
    requestId: string | null;
    fields: { pointer: string; code: string; detail: string }[];
    retryAfter: number | null;
}

export function isProblem(error: unknown): error is ProblemLike {
    return typeof error === 'object' && error !== null && 'kind' in error && 'fields' in error;
}

/** A sentence for a person: the server's own where it wrote one. */
export function sentence(problem: ProblemLike): string {
    if (problem.kind === 'offline') return m.ui_problem_offline();
    if (problem.kind === 'too-many-requests' && problem.retryAfter) {
        return m.ui_problem_wait({ seconds: String(problem.retryAfter) });
    }
    if (problem.detail) return problem.detail;
    if (problem.kind === 'unavailable') return m.ui_problem_unavailable();
    if (problem.kind === 'forbidden') return m.ui_problem_forbidden();
    if (problem.kind === 'not-found') return m.ui_problem_not_found();
    return m.ui_problem_unknown();
}
