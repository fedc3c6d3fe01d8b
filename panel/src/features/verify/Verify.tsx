import { useMutation } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { call } from '../../api/client';
import { useMe, useSetMe } from '../../api/queries';
import { m } from '../../paraglide/messages.js';
import { AuthFrame } from '../../ui/AuthFrame';
import { Button, LinkButton } from '../../ui/Button';
import { ProblemNote } from '../../ui/ProblemNote';

/** The link of the mail, opened where its user is signed in. */
export function Verify() {
    const { token } = useSearch({ strict: false });
    const me = useMe();
    const confirm = useConfirm();
    const asked = useRef(false);
    useEffect(() => {
        if (!token || asked.current) return;
        asked.current = true;
        confirm.mutate(token);
    }, [token, confirm]);
    const done = confirm.isSuccess || (!token && me.user.verified);
    return (
        <AuthFrame
            key={String(done)}
            title={titleOf(done, confirm.isPending)}
            sub={m.verify_sub({ email: me.user.email })}
            brand={me.branding}
        >
            <form>
                <ProblemNote problem={confirm.error} title={m.verify_failed()} />
                {done ? (
                    <LinkButton kind="primary" to="/">
                        {m.verify_go_on()}
                    </LinkButton>
                ) : (
                    <SendAgain primary={!token || confirm.isError} />
                )}
            </form>
        </AuthFrame>
    );
}

function titleOf(done: boolean, pending: boolean) {
    if (done) return m.verify_done();
    return pending ? m.verify_pending() : m.verify_title();
}

function useConfirm() {
    const setMe = useSetMe();
    return useMutation({
        mutationFn: (token: string) =>
            call('put', '/api/v1/me/email-verification', { body: { token } }),
        onSuccess: ({ data }) => setMe(data),
    });
}

function SendAgain({ primary }: { primary: boolean }) {
    const send = useMutation({ mutationFn: () => call('post', '/api/v1/me/email-verification') });
    if (send.isSuccess) return <p role="status">{m.verify_sent()}</p>;
    return (
        <>
            <Button
                kind={primary ? 'primary' : 'default'}
                busy={send.isPending}
                onClick={() => send.mutate()}
            >
                {m.verify_send()}
            </Button>
            <ProblemNote problem={send.error} />
        </>
    );
}
