import { m } from '../paraglide/messages.js';
import classes from './StatePill.module.css';

const PAGE_WORDS = {
    published: m.ui_state_published,
    changed: m.ui_state_changed,
    draft: m.ui_state_draft,
    scheduled: m.ui_state_scheduled,
    binned: m.ui_state_binned,
};
const ORGANIZATION_WORDS = {
    active: m.ui_state_active,
    provisioning: m.ui_state_provisioning,
    suspended: m.ui_state_suspended,
    failed: m.ui_state_failed,
    deleting: m.ui_state_deleting,
    deleted: m.ui_state_deleting,
};
const WORDS = { ...PAGE_WORDS, ...ORGANIZATION_WORDS };
export type PillState = keyof typeof WORDS;

interface Props {
    state: PillState;
    /** Instead of the state's own word. */
    words?: string;
    title?: string;
}

/** Never colour alone: the dot's form and a word say the same. */
export function StatePill({ state, words = WORDS[state](), title }: Props) {
    return (
        <span className={classes.pill} data-state={state} title={title}>
            <span className={classes.dot} aria-hidden />
            {words}
        </span>
    );
}
