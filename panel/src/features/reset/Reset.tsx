import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useRouterState, useSearch } from '@tanstack/react-router';
import { call } from '../../api/client';
import * as limits from '../../api/limits';
import { brandingQuery } from '../../api/queries';
import { m } from '../../paraglide/messages.js';
import { AuthFrame } from '../../ui/AuthFrame';
import { Button, LinkButton } from '../../ui/Button';
import { PasswordField, TextField } from '../../ui/fields';
import { ProblemNote } from '../../ui/ProblemNote';
import { isProblem } from '../../ui/problem';
import { useProblemForm } from '../../ui/useProblemForm';
import { isEmail, isPassword } from '../../ui/validate';

/** Without a token: ask for the mail. With the mail's token: set the new password. */
export function Reset() {
    const { token } = useSearch({ strict: false });
    return token ? <NewPassword token={token} /> : <AskForMail />;
}

const BackToSignIn = () => <Link to="/signin">{m.reset_back()}</Link>;

function AskForMail() {
    const { data: branding } = useQuery(brandingQuery);
    const typed = useRouterState({ select: state => state.location.state.email });
    const form = useProblemForm({
        initialValues: { email: typed ?? '' },
        validate: { email: isEmail(limits.RequestReset.email) },
    });
    const ask = useMutation({
        mutationFn: (email: string) => call('post', '/api/v1/password-resets', { body: { email } }),
        onError: form.show,
    });
    if (ask.isSuccess) {
        return (
            <AuthFrame
                key="sent"
                title={m.reset_sent()}
                sub={m.reset_sent_words({ email: form.getValues().email })}
                brand={branding}
                footer={<BackToSignIn />}
            >
                {null}
            </AuthFrame>
        );
    }
    return (
        <AuthFrame
            title={m.reset_title()}
            sub={m.reset_sub()}
            brand={branding}
            footer={<BackToSignIn />}
        >
            <form onSubmit={form.onSubmit(values => ask.mutate(values.email.trim()))} noValidate>
                <ProblemNote problem={form.problem} />
                <TextField
                    label={m.reset_email()}
                    type="email"
                    autoComplete="username"
                    autoFocus
                    spellCheck={false}
                    {...form.getInputProps('email')}
                />
                <Button kind="primary" type="submit" full busy={ask.isPending}>
                    {m.reset_send()}
                </Button>
            </form>
        </AuthFrame>
    );
}

function OldLink() {
    const { data: branding } = useQuery(brandingQuery);
    return (
        <AuthFrame
            key="old"
            title={m.reset_old()}
            sub={m.reset_old_words()}
            brand={branding}
            footer={<BackToSignIn />}
        >
            <form>
                <LinkButton kind="primary" to="/reset">
                    {m.reset_again()}
                </LinkButton>
            </form>
        </AuthFrame>
    );
}

function NewPassword({ token }: { token: string }) {
    const { data: branding } = useQuery(brandingQuery);
    const link = useQuery({
        queryKey: ['password-reset', token],
        queryFn: async ({ signal }) =>
            (await call('get', '/api/v1/password-resets/{token}', { path: { token }, signal })).data
                .password_length_min,
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
    });
    // The link's person may need a longer one than everybody.
    const usual = limits.ResetPassword.password;
    const length = { ...usual, min: link.data ?? usual.min };
    const form = useProblemForm({
        initialValues: { password: '' },
        validate: { password: isPassword(length) },
    });
    const set = useMutation({
        mutationFn: (password: string) =>
            call('put', '/api/v1/password-resets/{token}', { path: { token }, body: { password } }),
        onError: form.show,
    });
    if (set.isSuccess) {
        return (
            <AuthFrame
                key="done"
                title={m.reset_done()}
                sub={m.reset_done_words()}
                brand={branding}
            >
                <form>
                    <LinkButton kind="primary" to="/signin">
                        {m.reset_sign_in()}
                    </LinkButton>
                </form>
            </AuthFrame>
        );
    }
    const isOld = (error: unknown) => isProblem(error) && error.kind === 'not-found';
    if (isOld(link.error) || isOld(set.error)) return <OldLink />;
    return (
        <AuthFrame title={m.reset_new()} brand={branding} footer={<BackToSignIn />}>
            <form onSubmit={form.onSubmit(values => set.mutate(values.password))} noValidate>
                <ProblemNote problem={form.problem} />
                <PasswordField
                    label={m.reset_password()}
                    help={m.reset_password_help({ count: String(length.min) })}
                    autoComplete="new-password"
                    autoFocus
                    {...form.getInputProps('password')}
                />
                <Button kind="primary" type="submit" full busy={set.isPending}>
                    {m.reset_set()}
                </Button>
            </form>
        </AuthFrame>
    );
}
