import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { m } from '../paraglide/messages.js';
import { Button } from './Button';
import classes from './ProblemNote.module.css';
import { isProblem, sentence } from './problem';

interface Props {
    problem: unknown;
    /** What did not work: 'The pages could not be loaded'. */
    title?: string;
    retry?: () => void;
    retrying?: boolean;
    children?: ReactNode;
}

/** What failed, what to do, and where it is the server's fault the request's id behind 'Details'. */
export function ProblemNote({ problem, title, retry, retrying, children }: Props) {
    if (!problem) return null;
    const known = isProblem(problem) ? problem : null;
    // A refusal explains itself; only what went wrong here can be looked up.
    const id = known && known.status >= 500 ? known.requestId : null;
    return (
        <div className={classes.note} role="alert">
            <IconAlertTriangle size={18} stroke={1.75} className={classes.icon} aria-hidden />
            <div className={classes.words}>
                {title && <p className={classes.title}>{title}</p>}
                <p>{known ? sentence(known) : m.ui_problem_unknown()}</p>
                {children}
                {id && (
                    <details className={classes.details}>
                        <summary>{m.ui_details()}</summary>
                        <p>
                            {m.ui_request_id()} <bdi dir="ltr">{id}</bdi>
                        </p>
                    </details>
                )}
            </div>
            {retry && (
                <Button onClick={retry} busy={retrying}>
                    {m.ui_try_again()}
                </Button>
            )}
        </div>
    );
}
