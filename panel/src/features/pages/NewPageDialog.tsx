import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../api/client';
import * as limits from '../../api/limits';
import { organizationQuery, useOrg, useOrganization } from '../../api/queries';
import type { Language } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { Button } from '../../ui/Button';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { SelectField, TextField } from '../../ui/fields';
import { LANGUAGES } from '../../ui/locale';
import { ProblemNote } from '../../ui/ProblemNote';
import { slugOf } from '../../ui/slug';
import { useProblemForm } from '../../ui/useProblemForm';
import { isFilled } from '../../ui/validate';
import { useForgetLists } from './queries';

export function NewPageDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
    return (
        <Dialog open={open} onClose={onClose} title={m.pages_new()} width="narrow">
            {open && <NewPageForm onClose={onClose} />}
        </Dialog>
    );
}

interface Values {
    title: string;
    language: Language;
}

function NewPageForm({ onClose }: { onClose: () => void }) {
    const org = useOrg();
    const organization = useOrganization(org);
    const main = organization?.language ?? 'en';
    const form = useProblemForm<Values>({
        initialValues: { title: '', language: main },
        validate: { title: isFilled(limits.CreatePage.title) },
        names: { '/slug': 'title' },
    });
    const create = useCreate(org, form.show);
    const { title, language } = form.getValues();
    const slug = slugOf(title);
    const path = language === main ? `/${slug}` : `/${language}/${slug}`;
    return (
        <form onSubmit={form.onSubmit(values => create.mutate(values))} noValidate>
            <ProblemNote problem={form.problem} />
            <TextField
                label={m.pages_column_title()}
                help={slug ? m.pages_address_will_be({ path }) : m.pages_address_from_title()}
                maxLength={limits.CreatePage.title.max}
                autoFocus
                {...form.getInputProps('title')}
            />
            <SelectField
                label={m.pages_column_language()}
                options={choices([main, ...(organization?.languages ?? [])])}
                {...form.getInputProps('language')}
            />
            <DialogActions>
                <Button kind="quiet" onClick={onClose}>
                    {m.ui_cancel()}
                </Button>
                <Button kind="primary" type="submit" busy={create.isPending}>
                    {m.pages_create()}
                </Button>
            </DialogActions>
        </form>
    );
}

/** The panel's languages, and those that the site has beside them. */
function choices(site: Language[]) {
    const others = [...new Set(site)].filter(value => !LANGUAGES.some(l => l.value === value));
    return [...LANGUAGES, ...others.map(value => ({ value, label: value.toUpperCase() }))];
}

function useCreate(org: string, onError: (error: unknown) => void) {
    const navigate = useNavigate();
    const forget = useForgetLists(org);
    const client = useQueryClient();
    return useMutation({
        mutationFn: ({ title, language }: Values) =>
            call('post', '/api/v1/orgs/{org}/pages', {
                path: { org },
                body: { title: title.trim(), language },
            }),
        onSuccess: ({ data: page }) => {
            forget();
            // Its languages may be one more: the list shows them then.
            void client.invalidateQueries({ queryKey: organizationQuery(org).queryKey });
            const params = { org, page: page.id, language: page.language };
            void navigate({ to: '/o/$org/pages/$page/$language', params });
        },
        onError,
    });
}
