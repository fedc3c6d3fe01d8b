import { IconDots, IconExternalLink, IconEyeOff, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../../api/client';
import { asProblem } from '../../../api/problems';
import { m } from '../../../paraglide/messages.js';
import { Button } from '../../../ui/Button';
import { MenuButton } from '../../../ui/Menu';
import { sentence } from '../../../ui/problem';
import { toast } from '../../../ui/toast';
import { useOnline } from '../../../ui/useOnline';
import { mayLeave, useBin } from '../queries';
import type { EditorModel } from './useEditor';

const PUBLICATION = '/api/v1/orgs/{org}/pages/{page}/{language}/publication';
const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

interface Props {
    org: string;
    editor: EditorModel;
}

/** What is on the screen goes out: the draft is saved first, and its version is the one published. */
export function PublishBar({ org, editor }: Props) {
    const online = useOnline();
    const publication = usePublication(org, editor);
    const { state } = editor.page;
    const clean = state === 'published' && editor.save.state === 'saved';
    return (
        <>
            <Button
                kind="primary"
                busy={publication.isPending && publication.variables === 'put'}
                disabled={clean || !online}
                reason={online ? undefined : m.pages_offline_reason()}
                onClick={() => publication.mutate('put')}
            >
                {clean ? m.ui_state_published() : m.pages_publish()}
            </Button>
            <More org={org} editor={editor} onUnpublish={() => publication.mutate('delete')} />
        </>
    );
}

function usePublication(org: string, editor: EditorModel) {
    const { id: page, language } = editor.page;
    return useMutation({
        mutationFn: async (method: 'put' | 'delete') => {
            if (!(await editor.autosave.flush())) return null;
            const options = { path: { org, page, language }, ifMatch: editor.autosave.version };
            if (method === 'delete') return call('delete', PUBLICATION, options);
            return call('put', PUBLICATION, { ...options, body: {} });
        },
        onSuccess: (answer, method) => {
            if (!answer) return toast(m.pages_save_first());
            editor.adopt(answer.data, answer.etag ?? editor.autosave.version);
            toast(method === 'put' ? m.pages_is_live() : m.pages_unpublished({ count: 1 }));
        },
        onError: error => {
            const problem = asProblem(error)!;
            if (problem.status === 412) return editor.autosave.overtaken();
            toast(sentence(problem));
        },
    });
}

function More({ org, editor, onUnpublish }: Props & { onUnpublish: () => void }) {
    const { page } = editor;
    const isOut = page.state === 'published' || page.state === 'changed';
    const toBin = useToBin(org, editor);
    const leaves = mayLeave(page);
    if (!isOut && !leaves) return null;
    return (
        <MenuButton
            label={m.pages_more()}
            entries={[
                isOut && {
                    label: m.pages_view(),
                    icon: <IconExternalLink {...icon} />,
                    href: page.url,
                },
                isOut &&
                    leaves && {
                        label: m.pages_unpublish(),
                        icon: <IconEyeOff {...icon} />,
                        onPick: onUnpublish,
                    },
                leaves && {
                    label: m.pages_to_bin(),
                    icon: <IconTrash {...icon} />,
                    danger: true,
                    onPick: toBin,
                },
            ]}
        >
            <IconDots {...icon} />
        </MenuButton>
    );
}

function useToBin(org: string, editor: EditorModel) {
    const navigate = useNavigate();
    const { bin, restore } = useBin(org);
    const ids = [editor.page.id];
    return () =>
        bin.mutate(ids, {
            onSuccess: () => {
                void navigate({ to: '/o/$org/pages', params: { org } });
                toast(m.pages_binned({ count: 1 }), () => restore.mutate(ids));
            },
            onError: error => toast(sentence(asProblem(error)!)),
        });
}
