import { IconLayoutList, IconPlus } from '@tabler/icons-react';
import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { Theme } from '../../../api/types';
import { m } from '../../../paraglide/messages.js';
import { fold, type SearchItem, SearchList } from '../../../ui/SearchList';
import { addSection, SECTIONS_MAX } from './draft';
import { focusPart, NO_PART } from './focusPart';
import structure from './Structure.module.css';
import type { EditorModel } from './useEditor';

interface Props {
    editor: EditorModel;
    theme: Theme;
}

/** Opens in its place and at once: its field has the focus before the next key arrives, and nothing is fetched for it. */
export function AddSection({ editor, theme }: Props) {
    const [open, setOpen] = useState(false);
    const button = useRef<HTMLButtonElement>(null);
    if (editor.draft.sections.order.length >= SECTIONS_MAX) {
        return (
            <p className={structure.none}>
                {m.pages_sections_max({ count: String(SECTIONS_MAX) })}
            </p>
        );
    }
    const onKeyDown = (event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
    };
    const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
        // Another window may have the focus meanwhile; this one stays as it was left.
        if (!currentTarget.contains(relatedTarget) && document.hasFocus()) setOpen(false);
    };
    return (
        // biome-ignore lint/a11y/noStaticElementInteractions: keys and focus of what is within
        <div onKeyDown={onKeyDown} onBlur={onBlur}>
            <button
                ref={button}
                type="button"
                className={structure.add}
                data-main
                data-part={NO_PART}
                aria-expanded={open}
                onClick={() => setOpen(!open)}
            >
                <IconPlus size={16} stroke={1.75} aria-hidden />
                {m.pages_add_section()}
            </button>
            {open && (
                <div
                    className={structure.choices}
                    ref={card => card?.scrollIntoView({ block: 'nearest' })}
                >
                    <Choices editor={editor} theme={theme} onDone={() => setOpen(false)} />
                </div>
            )}
        </div>
    );
}

function Choices({ editor, theme, onDone }: Props & { onDone: () => void }) {
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
                    const [next, section] = addSection(editor.draft, type, preset);
                    const at = { kind: 'section', section } as const;
                    onDone();
                    editor.change(next);
                    editor.select(at);
                    focusPart(at);
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
