import { m } from '../paraglide/messages.js';
import classes from './PaletteField.module.css';

interface Props {
    query: string;
    onQuery: (query: string) => void;
    onClose: () => void;
}

/** The palette's field, there at once: whoever types at the key's heels loses no letter to the page. */
export function PaletteField({ query, onQuery, onClose }: Props) {
    return (
        <div role="dialog" aria-modal="true" aria-label={m.shell_search()} className={classes.box}>
            <input
                className={`${classes.input} ui-bare-input`}
                aria-label={m.shell_search()}
                placeholder={m.shell_search()}
                value={query}
                onChange={event => onQuery(event.currentTarget.value)}
                onKeyDown={event => event.key === 'Escape' && onClose()}
                autoFocus
                spellCheck={false}
            />
        </div>
    );
}
