import {
    IconClockOff,
    IconExternalLink,
    IconEyeOff,
    IconPencil,
    IconRestore,
    IconTrash,
    IconTrashX,
    IconWorldUpload,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useOrg, useOrganization } from '../../api/queries';
import type { PageSummary } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { MenuAt } from '../../ui/Menu';
import { mayLeave } from './queries';
import type { ListActions } from './useListActions';

interface Props {
    page: PageSummary;
    anchor: HTMLElement;
    mayEdit: boolean;
    actions: ListActions;
    onClose: () => void;
}

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** The one menu of the list; it opens at the button that asked for it. */
export function RowMenu({ page, anchor, mayEdit, actions, onClose }: Props) {
    const org = useOrg();
    const site = useOrganization(org)?.site_url.replace(/\/$/, '') ?? '';
    const navigate = useNavigate();
    const isOut = page.state === 'published' || page.state === 'changed';
    const leaves = mayLeave(page);
    const edit = () => {
        const params = { org, page: page.id, language: page.language };
        void navigate({ to: '/o/$org/pages/$page/$language', params });
    };
    const label = m.pages_actions_for({ title: page.title });
    if (page.state === 'binned') {
        const back = {
            label: m.pages_restore(),
            icon: <IconRestore {...icon} />,
            onPick: () => actions.restore([page]),
        };
        const erase = {
            label: m.pages_erase(),
            icon: <IconTrashX {...icon} />,
            danger: true,
            onPick: () => actions.erase([page]),
        };
        const entries = [back, 'line' as const, erase];
        return <MenuAt anchor={anchor} label={label} onClose={onClose} entries={entries} />;
    }
    return (
        <MenuAt
            anchor={anchor}
            label={label}
            onClose={onClose}
            entries={[
                {
                    label: mayEdit ? m.pages_edit() : m.pages_look(),
                    icon: <IconPencil {...icon} />,
                    onPick: edit,
                },
                isOut && {
                    label: m.pages_view(),
                    icon: <IconExternalLink {...icon} />,
                    href: site + page.path,
                },
                mayEdit &&
                    page.state !== 'published' && {
                        label: m.pages_publish(),
                        icon: <IconWorldUpload {...icon} />,
                        onPick: () => actions.publish([page]),
                    },
                mayEdit &&
                    isOut &&
                    leaves && {
                        label: m.pages_unpublish(),
                        icon: <IconEyeOff {...icon} />,
                        onPick: () => actions.unpublish([page]),
                    },
                mayEdit &&
                    page.publish_at !== null && {
                        label: m.pages_unschedule(),
                        icon: <IconClockOff {...icon} />,
                        onPick: () => actions.unschedule(page, page.publish_at!),
                    },
                mayEdit && leaves && 'line',
                mayEdit &&
                    leaves && {
                        label: m.pages_to_bin(),
                        icon: <IconTrash {...icon} />,
                        danger: true,
                        onPick: () => actions.bin([page]),
                    },
            ]}
        />
    );
}
