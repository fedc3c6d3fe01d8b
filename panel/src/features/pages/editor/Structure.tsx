import {
    IconChevronDown,
    IconChevronRight,
    IconEyeOff,
    IconFileSettings,
    IconGripVertical,
    IconLayoutList,
    IconPlus,
} from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { Section, SectionType, Theme } from '../../../api/types';
import { m } from '../../../paraglide/messages.js';
import { MenuButton } from '../../../ui/Menu';
import { useSorting } from '../../../ui/useSorting';
import { AddSection } from './AddSection';
import { addBlock, move, type Part } from './draft';
import { nameOfPart } from './focusPart';
import { ItemMenu } from './ItemMenu';
import { numbered } from './numbered';
import classes from './Structure.module.css';
import type { EditorModel } from './useEditor';

interface Props {
    editor: EditorModel;
    theme: Theme;
    mayEdit: boolean;
}

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

/** The page from top to bottom: its sections, and what is in them. */
export function Structure({ editor, theme, mayEdit }: Props) {
    const { draft, selection, select } = editor;
    const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
    const toggle = (id: string) => {
        const next = new Set(closed);
        if (!next.delete(id)) next.add(id);
        setClosed(next);
    };
    const { order, sections } = draft.sections;
    const types = order.map(id => theme.sections.find(t => t.type === sections[id]?.type));
    const names = numbered(
        order.map((id, index) => ({
            name: types[index]?.name ?? sections[id]!.type,
            detail: nameOf(sections[id]!.settings, ''),
        })),
    );
    const sorting = useSorting(order.length, (from, to) =>
        editor.change(move(draft, { kind: 'section', section: order[from]! }, to - from)),
    );
    return (
        <div className={classes.structure}>
            <button
                type="button"
                className={classes.page}
                aria-current={selection.kind === 'page' || undefined}
                onClick={() => select({ kind: 'page' })}
            >
                <IconFileSettings {...icon} size={18} />
                {m.pages_page_settings()}
            </button>
            <h2 className={classes.heading}>{m.pages_sections()}</h2>
            <ul>
                {order.map((id, index) => (
                    <SectionItem
                        key={id}
                        id={id}
                        row={sorting.row(index)}
                        grip={mayEdit ? sorting.grip(index) : undefined}
                        name={names[index]!}
                        section={sections[id]!}
                        type={types[index]}
                        open={!closed.has(id)}
                        onToggle={() => toggle(id)}
                        editor={editor}
                        mayEdit={mayEdit}
                    />
                ))}
            </ul>
            {order.length === 0 && <p className={classes.none}>{m.pages_no_sections()}</p>}
            {mayEdit && <AddSection editor={editor} theme={theme} />}
        </div>
    );
}

const NAMING = ['heading', 'title', 'label', 'question', 'quote', 'name', 'text', 'caption', 'alt'];

/** What a section or block is called: its own words where it has some, else its type. */
export function nameOf(settings: Record<string, unknown>, typeName: string): string {
    for (const name of NAMING) {
        const value = settings[name];
        if (typeof value === 'string' && value.trim())
            return value.replace(/<[^>]+>/g, '').slice(0, 60);
    }
    return typeName;
}

type Sorting = ReturnType<typeof useSorting>;
type Grip = ReturnType<Sorting['grip']>;

interface SectionProps {
    id: string;
    name: string;
    section: Section;
    type: SectionType | undefined;
    row: ReturnType<Sorting['row']>;
    grip: Grip | undefined;
    open: boolean;
    onToggle: () => void;
    editor: EditorModel;
    mayEdit: boolean;
}

function SectionItem(props: SectionProps) {
    const { id, name, section, type, row, grip, open, onToggle, editor, mayEdit } = props;
    const blocks = section.block_order ?? [];
    const names = numbered(
        blocks.map(id => {
            const block = section.blocks?.[id];
            return { name: nameOf(block?.settings ?? {}, blockName(type, block?.type)) };
        }),
    );
    const hasBlocks = blocks.length > 0 || (type?.blocks.length ?? 0) > 0;
    const Chevron = open ? IconChevronDown : IconChevronRight;
    const sorting = useSorting(blocks.length, (from, to) => {
        const at = { kind: 'block', section: id, block: blocks[from]! } as const;
        editor.change(move(editor.draft, at, to - from));
    });
    return (
        <li {...row}>
            <Item
                at={{ kind: 'section', section: id }}
                grip={grip}
                name={name}
                detail={nameOf(section.settings, '')}
                hidden={section.disabled ?? false}
                editor={editor}
                mayEdit={mayEdit}
                lead={
                    hasBlocks ? (
                        <button
                            type="button"
                            className={classes.chevron}
                            aria-expanded={open}
                            aria-label={m.pages_blocks_of({ name })}
                            onClick={onToggle}
                        >
                            <Chevron {...icon} />
                        </button>
                    ) : (
                        <span className={classes.lead}>
                            <IconLayoutList {...icon} />
                        </span>
                    )
                }
            />
            {hasBlocks && open && (
                <ul className={classes.blocks}>
                    {blocks.map((block, index) => (
                        <li key={block} {...sorting.row(index)}>
                            <Item
                                grip={mayEdit ? sorting.grip(index) : undefined}
                                at={{ kind: 'block', section: id, block }}
                                name={names[index]!}
                                hidden={false}
                                editor={editor}
                                mayEdit={mayEdit}
                            />
                        </li>
                    ))}
                    {mayEdit && type && (
                        <AddBlock section={id} count={blocks.length} type={type} editor={editor} />
                    )}
                </ul>
            )}
        </li>
    );
}

const blockName = (type: SectionType | undefined, block: string | undefined) =>
    type?.blocks.find(b => b.type === block)?.name ?? block ?? '';

interface ItemProps {
    at: Part;
    name: string;
    detail?: string;
    hidden: boolean;
    lead?: ReactNode;
    grip: Grip | undefined;
    editor: EditorModel;
    mayEdit: boolean;
}

function Item({ at, name, detail, hidden, lead, grip, editor, mayEdit }: ItemProps) {
    const { selection } = editor;
    const current =
        selection.kind === at.kind &&
        selection.section === at.section &&
        (selection.kind !== 'block' || at.kind !== 'block' || selection.block === at.block);
    const onKeyDown = (event: KeyboardEvent) => {
        const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!event.altKey || !step || !mayEdit) return;
        event.preventDefault();
        editor.change(move(editor.draft, at, step));
    };
    return (
        <div
            className={classes.item}
            data-current={current || undefined}
            data-hidden={hidden || undefined}
        >
            {lead}
            <button
                type="button"
                className={classes.name}
                aria-current={current || undefined}
                data-part={nameOfPart(at)}
                onClick={() => editor.select(at)}
                onKeyDown={onKeyDown}
            >
                <span>{name}</span>
                {detail && detail !== name && <span className={classes.detail}>{detail}</span>}
            </button>
            {hidden && (
                <IconEyeOff
                    {...icon}
                    aria-hidden={false}
                    role="img"
                    aria-label={m.pages_is_hidden()}
                    className={classes.off}
                />
            )}
            {grip && (
                <span className={classes.grip} title={m.pages_drag()} aria-hidden {...grip}>
                    <IconGripVertical {...icon} />
                </span>
            )}
            {mayEdit && <ItemMenu at={at} name={name} hidden={hidden} editor={editor} />}
        </div>
    );
}

interface AddBlockProps {
    section: string;
    count: number;
    type: SectionType;
    editor: EditorModel;
}

function AddBlock({ section, count, type, editor }: AddBlockProps) {
    const there = Object.values(editor.draft.sections.sections[section]?.blocks ?? {});
    const types = type.blocks.filter(
        ({ type: t, limit }) =>
            limit === undefined || there.filter(b => b.type === t).length < limit,
    );
    if (types.length === 0 || count >= type.max_blocks) return null;
    const add = (block: SectionType['blocks'][number]) => {
        const [next, id] = addBlock(editor.draft, section, block);
        editor.change(next);
        editor.select({ kind: 'block', section, block: id });
    };
    const [only, another] = types;
    if (only && !another) {
        return (
            <li>
                <button
                    type="button"
                    className={classes.add}
                    aria-label={m.pages_add_named({ name: only.name })}
                    onClick={() => add(only)}
                >
                    <IconPlus {...icon} />
                    {only.name}
                </button>
            </li>
        );
    }
    return (
        <li>
            <MenuButton
                worded
                start
                className={classes.add}
                label={m.pages_add_block()}
                entries={types.map(block => ({
                    label: block.name,
                    onPick: () => add(block),
                }))}
            >
                <IconPlus {...icon} />
                {m.pages_add_block()}
            </MenuButton>
        </li>
    );
}
