import { Menu } from '@mantine/core';
import { IconExternalLink, IconEyeOff, IconPencil, IconTrash, IconWorldUpload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useOrg, useOrganization } from '../../api/queries';
import type { PageSummary } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import type { ListActions } from './useListActions';

interface Props {
    page: PageSummary;
    anchor: HTMLElement;
    mayEdit: boolean;
    actions: ListActions;
    onClose: () => void;
}

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** The one menu of the list; it opens at the button that asked for it and gives the focus back. */
export function RowMenu({ page, anchor, mayEdit, actions, onClose }: Props) {
    const org = useOrg();
    const site = useOrganization(org)?.site_url.replace(/\/$/, '') ?? '';
    const navigate = useNavigate();
    const isOut = page.state === 'published' || page.state === 'changed';
    const close = () => {
        onClose();
        anchor.focus();
    };
    const edit = () => {
        const params = { org, page: page.id, language: page.language };
        void navigate({ to: '/o/$org/pages/$page/$language', params });
    };
    return (
        <Menu opened onClose={close} position="bottom-end" width={220} trapFocus>
            <Menu.Target>
                <Anchor element={anchor} />
            </Menu.Target>
            <Menu.Dropdown aria-label={m.pages_actions_for({ title: page.title })}>
                <Menu.Item leftSection={<IconPencil {...icon} />} onClick={edit}>
                    {mayEdit ? m.pages_edit() : m.pages_look()}
                </Menu.Item>
                {isOut && (
                    <Menu.Item leftSection={<IconExternalLink {...icon} />} component="a" href={site + page.path} target="_blank">
                        {m.pages_view()}
                    </Menu.Item>
                )}
                {mayEdit && page.state !== 'published' && (
                    <Menu.Item leftSection={<IconWorldUpload {...icon} />} onClick={() => actions.publish([page])}>
                        {m.pages_publish()}
                    </Menu.Item>
                )}
                {mayEdit && isOut && (
                    <Menu.Item leftSection={<IconEyeOff {...icon} />} onClick={() => actions.unpublish([page])}>
                        {m.pages_unpublish()}
                    </Menu.Item>
                )}
                {mayEdit && page.template !== 'home' && (
                    <>
                        <Menu.Divider />
                        <Menu.Item data-danger leftSection={<IconTrash {...icon} />} onClick={() => actions.bin([page])}>
                            {m.pages_to_bin()}
                        </Menu.Item>
                    </>
                )}
            </Menu.Dropdown>
        </Menu>
    );
}

/** Lends the menu the place of a button that it did not draw. */
function Anchor({ element, ref }: { element: HTMLElement; ref?: (node: HTMLElement | null) => void }) {
    const box = element.getBoundingClientRect();
    const place = (node: HTMLSpanElement | null) => {
        if (node) {
            node.style.setProperty('position', 'fixed');
            node.style.setProperty('inset', `${box.top}px auto auto ${box.left}px`);
            node.style.setProperty('inline-size', `${box.width}px`);
            node.style.setProperty('block-size', `${box.height}px`);
            node.style.setProperty('pointer-events', 'none');
        }
        ref?.(node);
    };
    return <span ref={place} />;
}
