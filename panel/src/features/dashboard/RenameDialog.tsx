import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { call } from '../../api/client';
import * as limits from '../../api/limits';
import { organizationQuery, queryClient } from '../../api/queries';
import { m } from '../../paraglide/messages.js';
import { Button } from '../../ui/Button';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { TextField } from '../../ui/fields';
import { ProblemNote } from '../../ui/ProblemNote';
import { useProblemForm } from '../../ui/useProblemForm';
import { isFilled } from '../../ui/validate';

/** 'Name your site', opened by the address so that the checklist can link to it. */
export function RenameDialog({ org }: { org: string }) {
    const { rename } = useSearch({ strict: false });
    const { data } = useQuery(organizationQuery(org));
    const navigate = useNavigate();
    const close = () => void navigate({ to: '/o/$org', params: { org }, replace: true });
    const open = rename === true && data?.data.may.administer === true;
    return (
        <Dialog open={open} onClose={close} title={m.dashboard_step_name()} width="narrow">
            {open && <RenameForm org={org} name={data.data.name} onClose={close} />}
        </Dialog>
    );
}

function RenameForm({ org, name, onClose }: { org: string; name: string; onClose: () => void }) {
    const form = useProblemForm({
        initialValues: { name },
        validate: { name: isFilled(limits.EditOrganization.name) },
    });
    const rename = useMutation({
        mutationFn: async (next: string) => {
            const { etag } = await call('get', '/api/v1/orgs/{org}', { path: { org } });
            return call('patch', '/api/v1/orgs/{org}', {
                path: { org },
                body: { name: next },
                ifMatch: etag,
            });
        },
        onSuccess: answer => {
            queryClient.setQueryData(organizationQuery(org).queryKey, answer);
            void queryClient.invalidateQueries({ queryKey: ['me'] });
            void queryClient.invalidateQueries({ queryKey: [org] });
            onClose();
        },
        onError: form.show,
    });
    return (
        <form onSubmit={form.onSubmit(values => rename.mutate(values.name.trim()))} noValidate>
            <ProblemNote problem={form.problem} />
            <TextField
                label={m.dashboard_site_name()}
                help={m.dashboard_site_name_help()}
                autoFocus
                {...form.getInputProps('name')}
            />
            <DialogActions>
                <Button kind="quiet" onClick={onClose}>
                    {m.ui_cancel()}
                </Button>
                <Button kind="primary" type="submit" busy={rename.isPending}>
                    {m.ui_save()}
                </Button>
            </DialogActions>
        </form>
    );
}
