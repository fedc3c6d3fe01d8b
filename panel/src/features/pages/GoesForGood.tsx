import { m } from '../../paraglide/messages.js';
import { StatePill } from '../../ui/StatePill';
import { date, moment } from '../../ui/time';

/** Of a page in the bin: the day on which nothing brings it back any more, the whole time in its tooltip. */
export function GoesForGood({ at }: { at: string }) {
    return (
        <StatePill
            state="binned"
            words={m.pages_goes_for_good({ date: date(at) })}
            title={m.pages_goes_for_good({ date: moment(at) })}
        />
    );
}
