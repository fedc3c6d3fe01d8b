import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import classes from './SearchList.module.css';

/** A field over a list of answers: the palette and the organization switcher are this. */
export interface SearchItem {
    id: string;
    label: string;
    detail?: string | undefined;
    icon?: ReactNode;
    aside?: ReactNode;
    group?: string;
    go: () => void;
}

interface Props {
    label: string;
    placeholder: string;
    query: string;
    maxLength?: number;
    onQuery: (query: string) => void;
    items: SearchItem[];
    empty: ReactNode;
    busy?: boolean;
    big?: boolean;
    footer?: ReactNode;
}

export function SearchList({
    label,
    placeholder,
    query,
    maxLength,
    onQuery,
    items,
    empty,
    busy,
    big,
    footer,
}: Props) {
    const id = useId();
    const [active, setActive] = useState(0);
    const list = useRef<HTMLDivElement>(null);
    const at = Math.min(active, Math.max(0, items.length - 1));
    const optionId = (index: number) => `${id}-${index}`;
    useEffect(() => {
        list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    });
    const onKeyDown = (event: KeyboardEvent) => {
        const next = move(event.key, at, items.length);
        if (next !== null) {
            event.preventDefault();
            setActive(next);
        } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault();
            items[at]?.go();
        }
    };
    return (
        <div className={classes.root} data-big={big || undefined}>
            <div className={classes.field}>
                <IconSearch size={18} stroke={1.75} aria-hidden />
                <input
                    className={`${classes.input} ui-bare-input`}
                    role="combobox"
                    aria-label={label}
                    aria-expanded={items.length > 0}
                    aria-controls={id}
                    aria-autocomplete="list"
                    aria-activedescendant={items.length ? optionId(at) : undefined}
                    placeholder={placeholder}
                    value={query}
                    maxLength={maxLength}
                    onChange={event => {
                        onQuery(event.currentTarget.value);
                        setActive(0);
                    }}
                    onKeyDown={onKeyDown}
                    data-autofocus
                    autoFocus
                    spellCheck={false}
                />
            </div>
            <div
                ref={list}
                id={id}
                role="listbox"
                aria-label={label}
                aria-busy={busy}
                className={classes.list}
                tabIndex={0}
            >
                {items.map((item, index) => (
                    <Option
                        key={item.id}
                        id={optionId(index)}
                        item={item}
                        heading={item.group !== items[index - 1]?.group ? item.group : undefined}
                        selected={index === at}
                        onPoint={() => setActive(index)}
                    />
                ))}
            </div>
            {items.length === 0 && !busy && <div className={classes.empty}>{empty}</div>}
            {footer}
        </div>
    );
}

interface OptionProps {
    id: string;
    item: SearchItem;
    heading: string | undefined;
    selected: boolean;
    onPoint: () => void;
}

function Option({ id, item, heading, selected, onPoint }: OptionProps) {
    return (
        <>
            {heading && (
                <div className={classes.group} role="presentation">
                    {heading}
                </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys arrive at the field */}
            <div
                id={id}
                role="option"
                aria-selected={selected}
                className={classes.option}
                onClick={item.go}
                onMouseMove={selected ? undefined : onPoint}
            >
                {item.icon && <span className={classes.icon}>{item.icon}</span>}
                <span className={classes.words}>
                    <span className={classes.label}>{item.label}</span>
                    {item.detail && <span className={classes.detail}>{item.detail}</span>}
                </span>
                {item.aside}
            </div>
        </>
    );
}

function move(key: string, at: number, length: number): number | null {
    if (length === 0) return null;
    if (key === 'ArrowDown') return (at + 1) % length;
    if (key === 'ArrowUp') return (at + length - 1) % length;
    if (key === 'PageDown') return Math.min(length - 1, at + 8);
    if (key === 'PageUp') return Math.max(0, at - 8);
    return null;
}

/** Without case and accents: 'Zurich' finds 'Zürich'. */
export function fold(text: string): string {
    return text
        .normalize('NFD')
        .replace(/\p{Diacritic}/gu, '')
        .toLocaleLowerCase();
}
