import { IconClock } from '@tabler/icons-react';
import { m } from '../../paraglide/messages.js';
import { moment, soon } from '../../ui/time';
import classes from './GoesOut.module.css';

/** When a page's draft goes out by itself: a clock and the short time, the whole date in words. */
export function GoesOut({ at }: { at: string }) {
    const words = m.pages_goes_out({ date: moment(at) });
    return (
        <span role="img" aria-label={words} title={words} className={`${classes.time} tabular`}>
            <IconClock size={14} stroke={1.75} aria-hidden />
            {soon(at)}
        </span>
    );
}
