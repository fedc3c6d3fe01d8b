import { useMutation } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { call } from '../../api/client';
import * as limits from '../../api/limits';
import { useMe, useSetMe } from '../../api/queries';
import type { PanelLanguage } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { SelectField, TextField } from '../../ui/fields';
import { useKeys } from '../../ui/keys';
import { LANGUAGES } from '../../ui/locale';
import { ProblemNote } from '../../ui/ProblemNote';
import { toast } from '../../ui/toast';
import { useProblemForm } from '../../ui/useProblemForm';
import { isFilled } from '../../ui/validate';
import classes from './Profile.module.css';

export function PersonCard() {
    const { user } = useMe();
    const form = useProblemForm<{ name: string; language: PanelLanguage }>({
        initialValues: { name: user.name, language: user.language },
        validate: { name: isFilled(limits.EditMe.name) },
    });
    const save = useSave(form.show, () => form.resetDirty());
    const submit = form.onSubmit(values => save.mutate({ ...values, name: values.name.trim() }));
    const dirty = form.isDirty();
    useKeys({ 'mod+s': () => submit() }, dirty);
    useBlocker({
        shouldBlockFn: () => !window.confirm(m.profile_leave()),
        disabled: !dirty || save.isPending,
    });
    return (
        <form onSubmit={submit} noValidate className={classes.column}>
            <Card title={m.profile_you()}>
                <ProblemNote problem={form.problem} title={m.profile_not_saved()} />
                <TextField
                    label={m.profile_name()}
                    autoComplete="name"
                    {...form.getInputProps('name')}
                />
                <SelectField
                    label={m.profile_language()}
                    help={m.profile_language_help()}
                    options={LANGUAGES}
                    {...form.getInputProps('language')}
                />
                <Email email={user.email} verified={user.verified} />
            </Card>
            {dirty && (
                <div className={classes.bar} role="group" aria-label={m.ui_unsaved()}>
                    <span>{m.ui_unsaved()}</span>
                    <div>
                        <Button kind="quiet" onClick={() => form.reset()}>
                            {m.ui_discard()}
                        </Button>
                        <Button kind="primary" type="submit" busy={save.isPending}>
                            {m.ui_save()}
                        </Button>
                    </div>
                </div>
            )}
        </form>
    );
}

function useSave(onError: (error: unknown) => void, onSaved: () => void) {
    const setMe = useSetMe();
    return useMutation({
        mutationFn: (body: { name: string; language: PanelLanguage }) =>
            call('patch', '/api/v1/me', { body }),
        onSuccess: ({ data }) => {
            onSaved();
            setMe(data);
            toast(m.profile_saved());
        },
        onError,
    });
}

function Email({ email, verified }: { email: string; verified: boolean }) {
    const send = useMutation({
        mutationFn: () => call('post', '/api/v1/me/email-verification'),
        onSuccess: () => toast(m.profile_mail_sent({ email })),
    });
    return (
        <div>
            <p className="ui-label">{m.profile_email()}</p>
            <div className={classes.email}>
                <bdi dir="ltr">{email}</bdi>
                {verified ? (
                    <span className={classes.verified}>{m.profile_verified()}</span>
                ) : (
                    <Button
                        busy={send.isPending}
                        disabled={send.isSuccess}
                        onClick={() => send.mutate()}
                    >
                        {m.profile_verify()}
                    </Button>
                )}
            </div>
            <ProblemNote problem={send.error} />
        </div>
    );
}
