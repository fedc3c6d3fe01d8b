import {
    IconArrowDown,
    IconArrowUp,
    IconCopy,
    IconDots,
    IconEye,
    IconEyeOff,
    IconTrash,
} from '@tabler/icons-react';
import { m } from '../../../paraglide/messages.js';
import { MenuButton, type MenuEntry } from '../../../ui/Menu';
import { duplicate, move, type Part, SECTIONS_MAX, setHidden } from './draft';
import type { EditorModel } from './useEditor';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

interface Props {
    at: Part;
    name: string;
    hidden: boolean;
    editor: EditorModel;
}

/** What can be done with a section or block; the keyboard's way to every drag. */
export function ItemMenu({ at, name, hidden, editor }: Props) {
    const { draft, change, select } = editor;
    const order =
        at.kind === 'section'
            ? draft.sections.order
            : (draft.sections.sections[at.section]?.block_order ?? []);
    const place = order.indexOf(at.kind === 'section' ? at.section : at.block);
    const copy = () => {
        const [next, id] = duplicate(draft, at.section);
        change(next);
        select({ kind: 'section', section: id });
    };
    const ofSection: MenuEntry[] = [
        {
            label: m.pages_duplicate(),
            icon: <IconCopy {...icon} />,
            disabled: order.length >= SECTIONS_MAX,
            onPick: copy,
        },
        {
            label: hidden ? m.pages_show() : m.pages_hide(),
            icon: hidden ? <IconEye {...icon} /> : <IconEyeOff {...icon} />,
            onPick: () => change(setHidden(draft, at.section, !hidden)),
        },
    ];
    return (
        <MenuButton
            small
            width={200}
            label={m.pages_actions_for({ title: name })}
            entries={[
                {
                    label: m.pages_move_up(),
                    icon: <IconArrowUp {...icon} />,
                    disabled: place <= 0,
                    onPick: () => change(move(draft, at, -1)),
                },
                {
                    label: m.pages_move_down(),
                    icon: <IconArrowDown {...icon} />,
                    disabled: place >= order.length - 1,
                    onPick: () => change(move(draft, at, 1)),
                },
                ...(at.kind === 'section' ? ofSection : []),
                'line',
                {
                    label: m.pages_remove(),
                    icon: <IconTrash {...icon} />,
                    danger: true,
                    onPick: () => editor.remove(at),
                },
            ]}
        >
            <IconDots size={16} stroke={1.75} aria-hidden />
        </MenuButton>
    );
}
