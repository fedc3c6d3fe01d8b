import { IconLayoutList, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Theme } from '../../../api/types';
import { m } from '../../../paraglide/messages.js';
import { PopoverButton } from '../../../ui/Popover';
import { fold, type SearchItem, SearchList } from '../../../ui/SearchList';
import { addSection, SECTIONS_MAX } from './draft';
import structure from './Structure.module.css';
import type { EditorModel } from './useEditor';

export function AddSection({ editor, theme }: { editor: EditorModel; theme: Theme }) {
    const [open, setOpen] = useState(false);
    if (editor.draft.sections.order.length >= SECTIONS_MAX) {
        return (
            <p className={structure.none}>
                {m.pages_sections_max({ count: String(SECTIONS_MAX) })}
            </p>
        );
    }
    return (
        <PopoverButton
            label={m.pages_add_section()}
            width={260}
            open={open}
            onOpen={setOpen}
            className={structure.add}
            button={
                <>
                    <IconPlus size={16} stroke={1.75} aria-hidden />
                    {m.pages_add_section()}
                </>
            }
        >
            <Choices editor={editor} theme={theme} onDone={() => setOpen(false)} />
        </PopoverButton>
    );
}

function Choices({
    editor,
    theme,
    onDone,
}: {
    editor: EditorModel;
    theme: Theme;
    onDone: () => void;
}) {
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
