import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { m } from '../paraglide/messages.js';
import { IconButton } from './Button';
import { Kbd } from './Kbd';
import { useKeys } from './keys';
import classes from './SearchField.module.css';

interface Props {
    label: string;
    value: string;
    maxLength: number;
    onFind: (text: string) => void;
}

/** The search of a list: `/` goes there, Esc empties it, and it asks a moment after the last letter. */
export function SearchField({ label, value, maxLength, onFind }: Props) {
    const [text, setText] = useState(value);
    const field = useRef<HTMLInputElement>(null);
    const late = useDebouncedCallback(onFind, 180);
    useKeys({ '/': () => field.current?.focus() });
    useEffect(() => setText(value), [value]);
    const clear = () => {
        setText('');
        onFind('');
    };
    return (
        <div className={classes.search}>
            <IconSearch size={18} stroke={1.75} aria-hidden />
            <input
                ref={field}
                className="ui-bare-input"
                type="search"
                aria-label={label}
                placeholder={label}
                value={text}
                maxLength={maxLength}
                onChange={event => {
                    setText(event.currentTarget.value);
                    late(event.currentTarget.value.trim());
                }}
                onKeyDown={event => {
                    if (event.key !== 'Escape') return;
                    clear();
                    event.currentTarget.blur();
                }}
            />
            {text ? (
                <IconButton small label={m.ui_clear_search()} onClick={clear}>
                    <IconX size={16} stroke={1.75} />
                </IconButton>
            ) : (
                <Kbd>/</Kbd>
            )}
        </div>
    );
}
