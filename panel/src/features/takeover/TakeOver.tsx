import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client';
import { useMe, useSetMe } from '../../api/queries';
import { m } from '../../paraglide/messages.js';
import { AuthFrame } from '../../ui/AuthFrame';
import { Button, LinkButton } from '../../ui/Button';
import { ProblemNote } from '../../ui/ProblemNote';
import { isProblem } from '../../ui/problem';
import { Skeleton } from '../../ui/Skeleton';

const PATH = '/api/v1/me/take-overs/{token}';

/**
 * The link of the mail 'you already have an account': the site that somebody registered with one's
 * address becomes one's own, or goes.
 */
export function TakeOver() {
    const { token = '' } = useSearch({ strict: false });
    const me = useMe();
    const found = useQuery({
        queryKey: ['take-over', token],
        queryFn: async ({ signal }) =>
            (await call('get', PATH, { path: { token }, signal })).data.organization,
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
    });
    const taking = useTaking(token);
    const disowning = useMutation({ mutationFn: () => call('delete', PATH, { path: { token } }) });
    if (taking.data) return <Taken name={found.data ?? ''} slug={taking.data} />;
    if (disowning.isSuccess) return <Removed name={found.data ?? ''} />;
    if (found.data === undefined) return <Waiting error={found.error} retry={found.refetch} />;
    return (
        <AuthFrame
            title={m.takeover_title({ name: found.data })}
            sub={m.takeover_sub({ email: me.user.email })}
            brand={me.branding}
        >
            <Choice name={found.data} taking={taking} disowning={disowning} />
        </AuthFrame>
    );
}

/** Answers with the slug of what is new among one's organizations. */
function useTaking(token: string) {
    const me = useMe();
    const setMe = useSetMe();
    return useMutation({
        mutationFn: async () => {
            const { data } = await call('put', PATH, { path: { token }, body: {} });
            const before = new Set(me.organizations.map(({ id }) => id));
            setMe(data);
            return data.organizations.find(({ id }) => !before.has(id))?.slug ?? '';
        },
    });
}

interface Act {
    mutate: () => void;
    isPending: boolean;
    error: unknown;
}

/** Taking over is one click; what can't be taken back asks once more. */
function Choice({ name, taking, disowning }: { name: string; taking: Act; disowning: Act }) {
    const [asking, setAsking] = useState(false);
    if (!asking) {
        return (
            <form>
                <ProblemNote problem={taking.error} title={m.takeover_failed()} />
                <Button kind="primary" full busy={taking.isPending} onClick={() => taking.mutate()}>
                    {m.takeover_take()}
                </Button>
                <Button full disabled={taking.isPending} onClick={() => setAsking(true)}>
                    {m.takeover_not_me()}
                </Button>
            </form>
        );
    }
    return (
        <form>
            <ProblemNote problem={disowning.error} title={m.takeover_failed()} />
            <p role="status">{m.takeover_remove_words({ name })}</p>
            <Button
                kind="danger"
                full
                busy={disowning.isPending}
                onClick={() => disowning.mutate()}
            >
                {m.takeover_remove()}
            </Button>
            <Button full disabled={disowning.isPending} onClick={() => setAsking(false)}>
                {m.ui_cancel()}
            </Button>
        </form>
    );
}

function Waiting({ error, retry }: { error: unknown; retry: () => unknown }) {
    const me = useMe();
    const kind = isProblem(error) ? error.kind : null;
    const final = kind === 'not-found' || kind === 'conflict';
    if (!error) {
        return (
            <AuthFrame key="wait" title={m.takeover_wait()} brand={me.branding}>
                <form>
                    <Skeleton lines={2} height={36} />
                </form>
            </AuthFrame>
        );
    }
    return (
        <AuthFrame
            key="no"
            title={m.takeover_no()}
            sub={kind === 'not-found' ? m.takeover_no_words() : undefined}
            brand={me.branding}
        >
            <form>
                {kind !== 'not-found' && (
                    <ProblemNote
                        problem={error}
                        {...(final ? {} : { retry: () => void retry() })}
                    />
                )}
                {kind === 'conflict' && <p>{m.takeover_signed_in_as({ email: me.user.email })}</p>}
                <LinkButton kind="primary" to="/">
                    {m.takeover_go_on()}
                </LinkButton>
            </form>
        </AuthFrame>
    );
}

function Taken({ name, slug }: { name: string; slug: string }) {
    const me = useMe();
    return (
        <AuthFrame
            key="taken"
            title={m.takeover_done({ name })}
            sub={m.takeover_done_words()}
            brand={me.branding}
        >
            <form>
                <LinkButton kind="primary" to="/o/$org" params={{ org: slug }}>
                    {m.takeover_open()}
                </LinkButton>
            </form>
        </AuthFrame>
    );
}

function Removed({ name }: { name: string }) {
    const me = useMe();
    return (
        <AuthFrame
            key="removed"
            title={m.takeover_removed({ name })}
            sub={m.takeover_removed_words()}
            brand={me.branding}
            footer={<Link to="/reset">{m.takeover_new_password()}</Link>}
        >
            <form>
                <LinkButton kind="primary" to="/">
                    {m.takeover_go_on()}
                </LinkButton>
            </form>
        </AuthFrame>
    );
}
