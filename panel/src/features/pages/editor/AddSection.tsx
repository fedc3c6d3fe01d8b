import { Popover } from '@mantine/core';
import { IconLayoutList, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Theme } from '../../../api/types';
import { m } from '../../../paraglide/messages.js';
import { fold, type SearchItem, SearchList } from '../../../ui/SearchList';
import classes from './AddSection.module.css';
import { addSection, SECTIONS_MAX } from './draft';
import structure from './Structure.module.css';
import type { EditorModel } from './useEditor';

export function AddSection({ editor, theme }: { editor: EditorModel; theme: Theme }) {
    const [open, setOpen] = useState(false);
    if (editor.draft.sections.order.length >= SECTIONS_MAX) {
        return <p className={structure.none}>{m.pages_sections_max({ count: String(SECTIONS_MAX) })}</p>;
    }
    return (
        <Popover opened={open} onChange={setOpen} position="bottom-start" width={260} withinPortal={false} trapFocus returnFocus classNames={{ dropdown: classes.dropdown! }}>
            <Popover.Target>
                <button type="button" className={structure.add} onClick={() => setOpen(is => !is)}>
                    <IconPlus size={16} stroke={1.75} aria-hidden />
                    {m.pages_add_section()}
                </button>
            </Popover.Target>
            <Popover.Dropdown aria-label={m.pages_add_section()}>
                {open && <Choices editor={editor} theme={theme} onDone={() => setOpen(false)} />}
            </Popover.Dropdown>
        </Popover>
    );
}

function Choices({ editor, theme, onDone }: { editor: EditorModel; theme: Theme; onDone: () => void }) {
    const [query, setQuery] = useState('');
    const presets = theme.sections.flatMap(type => type.presets.map(preset => ({ type, preset })));
    const items = presets
        .filter(({ preset }) => fold(preset.name).includes(fold(query.trim())))
        .map(
            ({ type, preset }): SearchItem => ({
                id: `${type.type}/${preset.name}`,
                label: preset.name,
                icon: <IconLayoutList size={18} stroke={1.75} aria-hidden />,
                go: () => {
                    const [next, id] = addSection(editor.draft, type, preset);
                    onDone();
                    editor.change(next);
                    editor.select({ kind: 'section', section: id });
                },
            }),
        );
    return (
        <SearchList
            label={m.pages_add_section()}
            placeholder={m.pages_find_section()}
            query={query}
            onQuery={setQuery}
            items={items}
            empty={m.pages_no_match({ query: query.trim() })}
        />
    );
}
