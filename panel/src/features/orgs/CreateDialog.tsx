import { IconBuildingStore, IconLayout } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../api/client';
import * as limits from '../../api/limits';
import { organizationsQuery, queryClient, useMe } from '../../api/queries';
import type { ChildOrganization } from '../../api/types';
import { useSlug } from '../../api/useSlug';
import { m } from '../../paraglide/messages.js';
import { Button } from '../../ui/Button';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { ChoiceField, SelectField, SwitchField, TextField } from '../../ui/fields';
import { LANGUAGES, language } from '../../ui/locale';
import { ProblemNote } from '../../ui/ProblemNote';
import { SlugField } from '../../ui/SlugField';
import { focusFirstWrong, useProblemForm } from '../../ui/useProblemForm';
import { isFilled } from '../../ui/validate';
import classes from './Organizations.module.css';
import { parentsOf } from './queries';

export function CreateDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
    return (
        <Dialog open={open} onClose={onClose} title={m.orgs_new()}>
            {open && <CreateForm onClose={onClose} />}
        </Dialog>
    );
}

function useParents() {
    const me = useMe();
    const { data } = useQuery(organizationsQuery('', 100));
    const all = parentsOf([...me.organizations, ...(data?.items ?? [])]);
    return [...new Map(all.map(o => [o.slug, { value: o.slug, label: o.name }])).values()];
}

function CreateForm({ onClose }: { onClose: () => void }) {
    const parents = useParents();
    const form = useProblemForm({
        initialValues: {
            parent: parents[0]?.value ?? '',
            name: '',
            project_type: 'website' as 'website' | 'ecommerce',
            demo: true,
            language: language() as 'en' | 'de',
        },
        validate: { name: isFilled(limits.CreateChild.name) },
    });
    const values = form.getValues();
    const slug = useSlug(values.name);
    const create = useCreate(form.show);
    const submit = ({ parent, ...body }: typeof values) => {
        const at = parent || parents[0]?.value;
        if (slug.usable && at) {
            return create.mutate({
                parent: at,
                body: { ...body, name: body.name.trim(), slug: slug.value },
            });
        }
        slug.complain();
        focusFirstWrong();
    };
    return (
        <form onSubmit={form.onSubmit(submit)} className={classes.form} noValidate>
            <ProblemNote problem={form.problem} title={m.orgs_not_created()} />
            <TextField label={m.orgs_column_name()} autoFocus {...form.getInputProps('name')} />
            <SlugField slug={slug} />
            {parents.length > 1 && (
                <SelectField
                    label={m.orgs_parent()}
                    options={parents}
                    {...form.getInputProps('parent')}
                />
            )}
            <ChoiceField
                label={m.orgs_kind()}
                value={values.project_type}
                onChange={value => form.setFieldValue('project_type', value)}
                options={[
                    {
                        value: 'website',
                        label: m.orgs_website(),
                        icon: <IconLayout size={18} stroke={1.75} aria-hidden />,
                    },
                    {
                        value: 'ecommerce',
                        label: m.orgs_shop(),
                        icon: <IconBuildingStore size={18} stroke={1.75} aria-hidden />,
                    },
                ]}
            />
            <SelectField
                label={m.orgs_language()}
                options={LANGUAGES}
                {...form.getInputProps('language')}
            />
            <SwitchField
                label={m.orgs_demo()}
                checked={values.demo}
                onChange={demo => form.setFieldValue('demo', demo)}
            />
            <DialogActions>
                <Button kind="quiet" onClick={onClose}>
                    {m.ui_cancel()}
                </Button>
                <Button kind="primary" type="submit" busy={create.isPending}>
                    {m.orgs_create()}
                </Button>
            </DialogActions>
        </form>
    );
}

function useCreate(onError: (error: unknown) => void) {
    const navigate = useNavigate();
    return useMutation({
        mutationFn: ({ parent, body }: { parent: string; body: NonNullable<ChildOrganization> }) =>
            call('post', '/api/v1/orgs/{org}/children', { path: { org: parent }, body }),
        onSuccess: ({ data }) => {
            void queryClient.invalidateQueries({ queryKey: ['orgs'] });
            void navigate({ to: '/o/$org/welcome', params: { org: data.slug } });
        },
        onError,
    });
}
