import { useRef } from 'react';
import type { PageSummary } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { Button } from '../../ui/Button';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { ProblemNote } from '../../ui/ProblemNote';
import { toast } from '../../ui/toast';
import classes from './EraseDialog.module.css';
import { useErase } from './queries';

interface Props {
    org: string;
    /** None: closed. */
    pages: PageSummary[];
    onClose: () => void;
    onDone: () => void;
}

const NAMED_MAX = 5;

/** The one act on pages that can't be undone, so the one that asks. */
export function EraseDialog({ org, pages, onClose, onDone }: Props) {
    const erase = useErase(org);
    const shown = useRef(pages); // its words stay while it fades
    if (pages.length > 0) shown.current = pages;
    const byId = new Map(shown.current.map(page => [page.id, page.title]));
    const count = byId.size;
    const titles = [...byId.values()];
    const close = () => {
        erase.reset();
        onClose();
    };
    const go = () =>
        erase.mutate([...byId.keys()], {
            onSuccess: () => {
                toast(m.pages_erased({ count }));
                onDone();
                close();
            },
        });
    // What is on its way can't be called back, and its end is to be told.
    const leave = () => {
        if (!erase.isPending) close();
    };
    return (
        <Dialog
            open={pages.length > 0}
            onClose={leave}
            title={m.pages_erase_title({ count, title: titles[0] ?? '' })}
            width="narrow"
        >
            <ProblemNote problem={erase.error} title={m.pages_erase_failed({ count })} />
            <p className={classes.words}>{m.pages_erase_words({ count })}</p>
            {count > 1 && <Titles titles={titles} />}
            <DialogActions>
                <Button kind="quiet" disabled={erase.isPending} onClick={leave}>
                    {m.ui_cancel()}
                </Button>
                <Button kind="danger" busy={erase.isPending} onClick={go}>
                    {m.pages_erase()}
                </Button>
            </DialogActions>
        </Dialog>
    );
}

function Titles({ titles }: { titles: string[] }) {
    // A line that says 'and 1 more' could as well name it.
    const named = titles.length > NAMED_MAX + 1 ? NAMED_MAX : titles.length;
    const rest = titles.length - named;
    return (
        <ul className={classes.titles}>
            {titles.slice(0, named).map((title, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two pages may have one title
                <li key={index}>{title}</li>
            ))}
            {rest > 0 && <li className={classes.rest}>{m.pages_erase_more({ count: rest })}</li>}
        </ul>
    );
}
