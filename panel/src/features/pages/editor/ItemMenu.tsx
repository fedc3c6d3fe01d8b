import { Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconEye, IconEyeOff, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { m } from '../../../paraglide/messages.js';
import { toast } from '../../../ui/toast';
import { duplicate, move, remove, SECTIONS_MAX, type Selection, setHidden } from './draft';
import type { EditorModel } from './useEditor';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

interface Props {
    at: Exclude<Selection, { kind: 'page' }>;
    hidden: boolean;
    editor: EditorModel;
    children: ReactNode;
}

export function ItemMenu({ at, hidden, editor, children }: Props) {
    const { draft, change, select } = editor;
    const order = at.kind === 'section' ? draft.sections.order : (draft.sections.sections[at.section]?.block_order ?? []);
    const place = order.indexOf(at.kind === 'section' ? at.section : at.block);
    const copy = () => {
        const [next, id] = duplicate(draft, at.section);
        change(next);
        select({ kind: 'section', section: id });
    };
    const drop = () => {
        change(remove(draft, at));
        select({ kind: 'page' });
        toast(m.pages_removed(), editor.undo);
    };
    return (
        <Menu position="bottom-end" width={200}>
            <Menu.Target>{children}</Menu.Target>
            <Menu.Dropdown aria-label={m.pages_column_actions()}>
                <Menu.Item disabled={place <= 0} leftSection={<IconArrowUp {...icon} />} onClick={() => change(move(draft, at, -1))}>
                    {m.pages_move_up()}
                </Menu.Item>
                <Menu.Item disabled={place >= order.length - 1} leftSection={<IconArrowDown {...icon} />} onClick={() => change(move(draft, at, 1))}>
                    {m.pages_move_down()}
                </Menu.Item>
                {at.kind === 'section' && (
                    <>
                        <Menu.Item disabled={order.length >= SECTIONS_MAX} leftSection={<IconCopy {...icon} />} onClick={copy}>
                            {m.pages_duplicate()}
                        </Menu.Item>
                        <Menu.Item
                            leftSection={hidden ? <IconEye {...icon} /> : <IconEyeOff {...icon} />}
                            onClick={() => change(setHidden(draft, at.section, !hidden))}
                        >
                            {hidden ? m.pages_show() : m.pages_hide()}
                        </Menu.Item>
                    </>
                )}
                <Menu.Divider />
                <Menu.Item data-danger leftSection={<IconTrash {...icon} />} onClick={drop}>
                    {m.pages_remove()}
                </Menu.Item>
            </Menu.Dropdown>
        </Menu>
    );
}
