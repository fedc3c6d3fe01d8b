import { asProblem } from '../../../api/problems';
import { m } from '../../../paraglide/messages.js';
import { Button } from '../../../ui/Button';
import { Dialog, DialogActions } from '../../../ui/Dialog';
import { DateField, TimeField } from '../../../ui/fields';
import { ProblemNote } from '../../../ui/ProblemNote';
import { fullMoment } from '../../../ui/time';
import { useOnline } from '../../../ui/useOnline';
import { useProblemForm } from '../../../ui/useProblemForm';
import classes from './ScheduleDialog.module.css';
import { localDate, localTime, momentOf, nextMorning, zoneName } from './schedule';
import type { EditorModel } from './useEditor';
import { usePublication } from './usePublication';

interface Props {
    org: string;
    editor: EditorModel;
    onClose: () => void;
}

/** When the draft goes out by itself. Times are those of this browser's clock, and it says whose they are. */
export function ScheduleDialog({ open, ...props }: Props & { open: boolean }) {
    return (
        <Dialog open={open} onClose={props.onClose} title={m.pages_schedule_title()} width="narrow">
            {open && <ScheduleForm {...props} />}
        </Dialog>
    );
}

function ScheduleForm({ org, editor, onClose }: Props) {
    const online = useOnline();
    const start = editor.page.publish_at ? new Date(editor.page.publish_at) : nextMorning();
    const form = useProblemForm({
        initialValues: { date: localDate(start), time: localTime(start) },
        validate: {
            date: value => (value ? null : m.ui_required()),
            time: (value, { date }) => refusalOf(date, value),
        },
        names: { '/publish_at': 'time' },
    });
    const publication = usePublication(org, editor, form.show);
    const { date, time } = form.getValues();
    const at = momentOf(date, time);
    const submit = () =>
        publication.mutate(
            { at: at!.toISOString() },
            {
                onSuccess: onClose,
                // Two versions: that is decided first, in a dialog of its own.
                onError: error => asProblem(error)?.status === 412 && onClose(),
            },
        );
    return (
        <form onSubmit={form.onSubmit(submit)} noValidate>
            <ProblemNote problem={asProblem(form.problem)} />
            <div className={classes.when}>
                <DateField
                    label={m.pages_schedule_date()}
                    min={localDate(new Date())}
                    autoFocus
                    {...form.getInputProps('date')}
                />
                <TimeField label={m.pages_schedule_time()} {...form.getInputProps('time')} />
            </div>
            <p className={classes.words} aria-live="polite">
                {at && isAhead(at) ? m.pages_goes_out({ date: fullMoment(at) }) : '\u00a0'}
                <span className={classes.zone}>{m.pages_schedule_zone({ zone: zoneName() })}</span>
            </p>
            <DialogActions>
                <Button kind="quiet" onClick={onClose}>
                    {m.ui_cancel()}
                </Button>
                <Button
                    kind="primary"
                    type="submit"
                    busy={publication.isPending}
                    disabled={!online}
                    reason={online ? undefined : m.pages_offline_reason()}
                >
                    {m.pages_schedule_do()}
                </Button>
            </DialogActions>
        </form>
    );
}

function refusalOf(date: string, time: string): string | null {
    if (!time) return m.ui_required();
    const at = momentOf(date, time);
    return at && !isAhead(at) ? m.pages_schedule_past() : null;
}

const isAhead = (at: Date) => at.getTime() > Date.now();
