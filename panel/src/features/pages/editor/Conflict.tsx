import { useMutation, useQuery } from '@tanstack/react-query';
import { call } from '../../../api/client';
import { useMe } from '../../../api/queries';
import type { Theme } from '../../../api/types';
import { m } from '../../../paraglide/messages.js';
import { Button } from '../../../ui/Button';
import { Dialog, DialogActions } from '../../../ui/Dialog';
import { ProblemNote } from '../../../ui/ProblemNote';
import { Skeleton } from '../../../ui/Skeleton';
import { ago } from '../../../ui/time';
import { toast } from '../../../ui/toast';
import classes from './Conflict.module.css';
import { type Difference, differencesOf } from './differences';
import { draftOf } from './draft';
import type { EditorModel } from './useEditor';

interface Props {
    org: string;
    editor: EditorModel;
    theme: Theme;
    onLater: () => void;
}

/** Two versions side by side, and a person decides. Nothing is overwritten in silence. */
export function Conflict({ org, editor, theme, onLater }: Props) {
    const { user } = useMe();
    const { id: page, language } = editor.page;
    const theirs = useQuery({
        queryKey: [org, 'theirs', page, language, editor.etag],
        queryFn: () =>
            call('get', '/api/v1/orgs/{org}/pages/{page}/{language}', {
                path: { org, page, language },
            }),
        gcTime: 0,
    });
    const decide = useMutation({
        mutationFn: async (decision: 'mine' | 'theirs') => {
            const { data, etag } = await call('get', '/api/v1/orgs/{org}/pages/{page}/{language}', {
                path: { org, page, language },
            });
            editor.adopt(data, etag ?? '', decision);
        },
    });
    const data = theirs.data?.data;
    const own = data?.updated_by === user.name;
    const copy = async () => {
        await navigator.clipboard.writeText(JSON.stringify(editor.draft, null, 2));
        toast(own ? m.pages_conflict_copied_this() : m.pages_conflict_copied());
    };
    const who = own ? m.pages_conflict_self() : (data?.updated_by ?? m.pages_conflict_somebody());
    const words = (at: string) =>
        own
            ? m.pages_conflict_words_self({ ago: ago(at) })
            : m.pages_conflict_words({ who, ago: ago(at) });
    return (
        <Dialog open onClose={onLater} title={m.pages_conflict_title()} width="wide">
            <p className={classes.words}>
                {data ? words(data.updated_at) : m.pages_conflict_words_short()}
            </p>
            <ProblemNote problem={theirs.error ?? decide.error} retry={() => theirs.refetch()} />
            {!data && <Skeleton lines={4} height={44} />}
            {data && (
                <Table
                    differences={differencesOf(editor.draft, draftOf(data), theme)}
                    mine={own ? m.pages_conflict_here() : m.pages_conflict_yours()}
                    theirs={who}
                />
            )}
            <DialogActions>
                <Button kind="quiet" onClick={copy}>
                    {own ? m.pages_conflict_copy_this() : m.pages_conflict_copy()}
                </Button>
                <Button
                    busy={decide.isPending && decide.variables === 'theirs'}
                    disabled={!data}
                    onClick={() => decide.mutate('theirs')}
                >
                    {own ? m.pages_conflict_other() : m.pages_conflict_theirs()}
                </Button>
                <Button
                    kind="primary"
                    busy={decide.isPending && decide.variables === 'mine'}
                    disabled={!data}
                    onClick={() => decide.mutate('mine')}
                >
                    {own ? m.pages_conflict_this() : m.pages_conflict_mine()}
                </Button>
            </DialogActions>
        </Dialog>
    );
}

interface TableProps {
    differences: Difference[];
    /** Whose column this is. */
    mine: string;
    theirs: string;
}

function Table({ differences, mine, theirs }: TableProps) {
    if (differences.length === 0) return <p>{m.pages_conflict_same()}</p>;
    return (
        <div
            className={classes.scroller}
            tabIndex={0}
            role="region"
            aria-label={m.pages_conflict_title()}
        >
            <table className={classes.table}>
                <thead>
                    <tr>
                        <th scope="col">{m.pages_conflict_what()}</th>
                        <th scope="col">{mine}</th>
                        <th scope="col">{theirs}</th>
                    </tr>
                </thead>
                <tbody>
                    {differences.map(difference => (
                        <tr key={difference.key}>
                            <th scope="row">{difference.what}</th>
                            <td>{difference.mine}</td>
                            <td>{difference.theirs}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
