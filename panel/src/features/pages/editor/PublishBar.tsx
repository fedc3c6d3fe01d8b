import { IconClock, IconDots, IconExternalLink, IconEyeOff, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { asProblem } from '../../../api/problems';
import { m } from '../../../paraglide/messages.js';
import { Button } from '../../../ui/Button';
import { MenuButton } from '../../../ui/Menu';
import { sentence } from '../../../ui/problem';
import { toast } from '../../../ui/toast';
import { useOnline } from '../../../ui/useOnline';
import { mayLeave, useBin } from '../queries';
import { ScheduleDialog } from './ScheduleDialog';
import type { EditorModel } from './useEditor';
import { usePublication } from './usePublication';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

interface Props {
    org: string;
    editor: EditorModel;
}

export function PublishBar({ org, editor }: Props) {
    const online = useOnline();
    const publication = usePublication(org, editor);
    const [timing, setTiming] = useState(false);
    const { state } = editor.page;
    const clean = state === 'published' && editor.save.state === 'saved';
    return (
        <>
            <Button
                kind="primary"
                busy={publication.isPending && publication.variables === 'publish'}
                disabled={clean || !online}
                reason={online ? undefined : m.pages_offline_reason()}
                onClick={() => publication.mutate('publish')}
            >
                {clean ? m.ui_state_published() : m.pages_publish()}
            </Button>
            <More
                org={org}
                editor={editor}
                onSchedule={clean ? undefined : () => setTiming(true)}
                onUnpublish={() => publication.mutate('unpublish')}
            />
            <ScheduleDialog
                org={org}
                editor={editor}
                open={timing}
                onClose={() => setTiming(false)}
            />
        </>
    );
}

interface MoreProps extends Props {
    /** None where nothing waits to go out. */
    onSchedule: (() => void) | undefined;
    onUnpublish: () => void;
}

function More({ org, editor, onSchedule, onUnpublish }: MoreProps) {
    const { page } = editor;
    const online = useOnline();
    const isOut = page.state === 'published' || page.state === 'changed';
    const toBin = useToBin(org, editor);
    const leaves = mayLeave(page);
    if (!isOut && !leaves && !onSchedule) return null;
    return (
        <MenuButton
            label={m.pages_more()}
            entries={[
                onSchedule && {
                    label: m.pages_schedule(),
                    icon: <IconClock {...icon} />,
                    disabled: !online,
                    onPick: onSchedule,
                },
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
            onError: error => void toast(sentence(asProblem(error)!)),
        });
}
