import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouter, useRouterState, useSearch } from '@tanstack/react-router';
import { call } from '../../api/client';
import * as limits from '../../api/limits';
import { brandingQuery, useSetMe } from '../../api/queries';
import { m } from '../../paraglide/messages.js';
import { AuthFrame } from '../../ui/AuthFrame';
import { Button } from '../../ui/Button';
import { PasswordField, TextField } from '../../ui/fields';
import { ProblemNote } from '../../ui/ProblemNote';
import { useProblemForm } from '../../ui/useProblemForm';
import { isEmail } from '../../ui/validate';
import classes from './SignIn.module.css';

export function SignIn() {
    const { data: branding } = useQuery(brandingQuery);
    const form = useProblemForm({
        initialValues: { email: '', password: '' },
        validate: {
            email: isEmail(limits.SignInRequest.email),
            password: value => (value ? null : m.ui_required()),
        },
    });
    const enter = useEnter(form.show);
    const ended = useRouterState({ select: state => state.location.state.ended });
    return (
        <AuthFrame
            title={m.signin_title()}
            sub={ended && (ended === 'kept' ? m.signin_ended_kept() : m.signin_ended())}
            brand={branding}
            footer={
                <>
                    {m.signin_new_here()} <Link to="/signup">{m.signin_create()}</Link>
                </>
            }
        >
            <form onSubmit={form.onSubmit(values => enter.mutate(values))} noValidate>
                <ProblemNote problem={form.problem} />
                <TextField
                    label={m.signin_email()}
                    type="email"
                    autoComplete="username"
                    autoFocus
                    spellCheck={false}
                    {...form.getInputProps('email')}
                />
                <div>
                    <PasswordField
                        label={m.signin_password()}
                        autoComplete="current-password"
                        {...form.getInputProps('password')}
                    />
                    <p className={classes.forgot}>
                        <Link to="/reset" state={{ email: form.getValues().email.trim() }}>
                            {m.signin_forgot()}
                        </Link>
                    </p>
                </div>
                <Button kind="primary" type="submit" full busy={enter.isPending}>
                    {m.signin_enter()}
                </Button>
            </form>
        </AuthFrame>
    );
}

function useEnter(onError: (error: unknown) => void) {
    const navigate = useNavigate();
    const router = useRouter();
    const setMe = useSetMe();
    const { next } = useSearch({ strict: false });
    return useMutation({
        mutationFn: (body: { email: string; password: string }) =>
            call('post', '/api/v1/sessions', { body }),
        onSuccess: ({ data }) => {
            setMe(data);
            // Only a path of our own: '//elsewhere' would leave.
            if (next && /^\/(?!\/)/.test(next)) router.history.push(next);
            else void navigate({ to: '/' });
        },
        onError,
    });
}
