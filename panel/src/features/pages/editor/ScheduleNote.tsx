import { IconClock } from '@tabler/icons-react';
import { m } from '../../../paraglide/messages.js';
import { Button } from '../../../ui/Button';
import { moment } from '../../../ui/time';
import { useOnline } from '../../../ui/useOnline';
import classes from './SettingsPane.module.css';
import type { EditorModel } from './useEditor';
import { usePublication } from './usePublication';

/** When the draft goes out by itself, and the way to keep it here. */
export function ScheduleNote({
    org,
    editor,
    at,
}: {
    org: string;
    editor: EditorModel;
    at: string;
}) {
    const online = useOnline();
    const publication = usePublication(org, editor);
    return (
        <div className={classes.schedule}>
            <IconClock size={18} stroke={1.75} aria-hidden />
            <span>{m.pages_goes_out({ date: moment(at) })}</span>
            <Button
                busy={publication.isPending}
                disabled={!online}
                reason={online ? undefined : m.pages_offline_reason()}
                onClick={() => publication.mutate('unschedule')}
            >
                {m.pages_unschedule()}
            </Button>
        </div>
    );
}
