import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconTrash, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { PageSummary } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { Button, IconButton } from '../../ui/Button';
import { Kbd } from '../../ui/Kbd';
import { useKeys } from '../../ui/keys';
import classes from './ListTools.module.css';
import type { ListSearch } from './queries';
import type { ListActions } from './useListActions';

interface Props {
    search: ListSearch;
    onFind: (change: ListSearch) => void;
    selected: PageSummary[];
    onClear: () => void;
    actions: ListActions;
}

/** Search; with a selection its actions, in the same row, so that nothing moves. */
export function ListTools({ search, onFind, selected, onClear, actions }: Props) {
    useKeys({ Escape: onClear }, selected.length > 0);
    if (selected.length > 0) {
        return (
            <div className={classes.tools}>
                <span className={`${classes.count} tabular`} role="status">
                    {m.pages_selected({ count: selected.length })}
                </span>
                <Button busy={actions.busy} onClick={() => actions.publish(selected)}>
                    {m.pages_publish()}
                </Button>
                <Button
                    disabled={actions.busy}
                    icon={<IconTrash size={18} stroke={1.75} />}
                    onClick={() => actions.bin(selected)}
                >
                    {m.pages_to_bin()}
                </Button>
                <Button kind="quiet" onClick={onClear}>
                    {m.pages_clear_selection()}
                </Button>
            </div>
        );
    }
    return (
        <div className={classes.tools}>
            <SearchField value={search.search ?? ''} onFind={text => onFind({ search: text || undefined })} />
        </div>
    );
}

function SearchField({ value, onFind }: { value: string; onFind: (text: string) => void }) {
    const [text, setText] = useState(value);
    const field = useRef<HTMLInputElement>(null);
    const late = useDebouncedCallback(onFind, 180);
    useKeys({ '/': () => field.current?.focus() });
    useEffect(() => setText(value), [value]);
    return (
        <div className={classes.search}>
            <IconSearch size={18} stroke={1.75} aria-hidden />
            <input
                ref={field}
                className="ui-bare-input"
                type="search"
                aria-label={m.pages_search()}
                placeholder={m.pages_search()}
                value={text}
                onChange={event => {
                    setText(event.currentTarget.value);
                    late(event.currentTarget.value.trim());
                }}
                onKeyDown={event => {
                    if (event.key !== 'Escape') return;
                    setText('');
                    onFind('');
                    event.currentTarget.blur();
                }}
            />
            {text ? (
                <IconButton small label={m.pages_clear_search()} tooltip={false} onClick={() => onFind('')}>
                    <IconX size={16} stroke={1.75} />
                </IconButton>
            ) : (
                <Kbd>/</Kbd>
            )}
        </div>
    );
}
