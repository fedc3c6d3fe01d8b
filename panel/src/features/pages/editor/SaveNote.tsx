import { IconAlertTriangle, IconCheck, IconCloudOff } from '@tabler/icons-react';
import { m } from '../../../paraglide/messages.js';
import { sentence } from '../../../ui/problem';
import classes from './SaveNote.module.css';
import type { EditorModel } from './useEditor';

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

/** 'Saved', 'Saving…', 'Offline, kept here': always there, never in the way. */
export function SaveNote({ save, onDecide }: { save: EditorModel['save']; onDecide: () => void }) {
    return (
        <span className={classes.note} data-state={save.state} role="status">
            <Words save={save} />
            {save.state === 'conflict' && (
                <button type="button" className={classes.decide} onClick={onDecide}>
                    {m.pages_conflict_decide()}
                </button>
            )}
        </span>
    );
}

function Words({ save: { state, problem } }: { save: EditorModel['save'] }) {
    switch (state) {
        case 'saved':
            return (
                <>
                    <IconCheck {...icon} /> <span className={classes.words}>{m.pages_saved()}</span>
                </>
            );
        case 'offline':
            return (
                <>
                    <IconCloudOff {...icon} />{' '}
                    <span className={classes.words}>{m.pages_kept_here()}</span>
                </>
            );
        case 'refused':
        case 'conflict':
            return (
                <>
                    <IconAlertTriangle {...icon} />{' '}
                    <span className={classes.words} title={problem ? sentence(problem) : undefined}>
                        {m.pages_not_saved()}
                    </span>
                </>
            );
        default:
            return <span className={classes.words}>{m.pages_saving()}</span>;
    }
}
