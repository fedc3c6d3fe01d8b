import {
    IconAlertCircleFilled,
    IconCircleCheckFilled,
    IconCircleDashed,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useMe, useOrg, useOrganization } from '../../api/queries';
import { m } from '../../paraglide/messages.js';
import { Button } from '../../ui/Button';
import { useScreenTitle } from '../../ui/PageHead';
import { ProblemNote } from '../../ui/ProblemNote';
import { duration } from '../../ui/time';
import { type Group, type GroupName, groupsOf } from './groups';
import { useProvisioning } from './useProvisioning';
import classes from './Welcome.module.css';

const NAMES: Record<GroupName, () => string> = {
    database: m.welcome_database,
    media: m.welcome_media,
    theme: m.welcome_theme,
    demo: m.welcome_demo,
    address: m.welcome_address,
};
const LAST_TICK_MS = 300;
const SLOW_MS = 8000;

/** The real steps of a birth, live. Ready: shows the last tick for a moment and goes. */
export function Welcome() {
    const org = useOrg();
    const me = useMe();
    const organization = useOrganization(org);
    const { provisioning, broken, refused, retry } = useProvisioning(org);
    const groups = groupsOf(provisioning);
    const failed = provisioning?.status === 'failed';
    const ready = provisioning?.status === 'active';
    const name = organization?.name ?? me.organizations.find(o => o.slug === org)?.name ?? org;
    const heading = useScreenTitle(m.welcome_title({ name }));
    useGoWhen(ready, org);
    return (
        <main className={classes.place}>
            <div className={classes.column}>
                <Mark still={failed || ready} />
                <h1 ref={heading} tabIndex={-1} className={classes.title}>
                    {failed ? m.welcome_failed_title({ name }) : m.welcome_title({ name })}
                </h1>
                <p className={classes.now} role="status">
                    <Now groups={groups} ready={ready} failed={failed} broken={broken} />
                </p>
                <ol className={classes.steps}>
                    {groups.map(group => (
                        <Step key={group.name} group={group} />
                    ))}
                </ol>
                <ProblemNote problem={refused} />
                {failed && (
                    <div className={classes.again}>
                        <ProblemNote problem={retry.error} />
                        <Button
                            kind="primary"
                            busy={retry.isPending}
                            onClick={() => retry.mutate()}
                        >
                            {m.ui_try_again()}
                        </Button>
                    </div>
                )}
            </div>
        </main>
    );
}

function useGoWhen(ready: boolean, org: string) {
    const navigate = useNavigate();
    useEffect(() => {
        if (!ready) return;
        const timer = setTimeout(() => {
            void navigate({ to: '/o/$org', params: { org }, replace: true });
        }, LAST_TICK_MS);
        return () => clearTimeout(timer);
    }, [ready, org, navigate]);
}

interface NowProps {
    groups: Group[];
    ready: boolean;
    failed: boolean;
    broken: boolean;
}

function Now({ groups, ready, failed, broken }: NowProps) {
    const slow = useSlow(!ready && !failed);
    if (failed) return m.welcome_failed();
    if (ready) return m.welcome_ready();
    if (broken) return m.welcome_broken();
    if (slow) return m.welcome_slow();
    const next = groups.find(group => group.state !== 'done');
    return next ? `${NAMES[next.name]()}…` : m.welcome_ready();
}

function useSlow(waiting: boolean): boolean {
    const [slow, setSlow] = useState(false);
    useEffect(() => {
        if (!waiting) return;
        const timer = setTimeout(() => setSlow(true), SLOW_MS);
        return () => clearTimeout(timer);
    }, [waiting]);
    return slow && waiting;
}

function Mark({ still }: { still: boolean }) {
    return (
        <div className={classes.mark} data-still={still || undefined} aria-hidden>
            <i />
            <i />
            <i />
        </div>
    );
}

function Step({ group }: { group: Group }) {
    return (
        <li className={classes.step} data-state={group.state}>
            <StepIcon state={group.state} />
            <span className={classes.name}>
                {NAMES[group.name]()}
                {group.state === 'failed' && group.error && (
                    <span className={classes.error}>{group.error}</span>
                )}
            </span>
            {group.state === 'done' && group.ms !== null && (
                <span className={`${classes.ms} tabular`}>{duration(group.ms)}</span>
            )}
            <span className="only-read">{STATE_WORDS[group.state]()}</span>
        </li>
    );
}

const STATE_WORDS = {
    waiting: m.welcome_state_waiting,
    running: m.welcome_state_running,
    done: m.welcome_state_done,
    failed: m.welcome_state_failed,
};

function StepIcon({ state }: { state: Group['state'] }) {
    if (state === 'done')
        return <IconCircleCheckFilled size={18} aria-hidden className={classes.done} />;
    if (state === 'failed')
        return <IconAlertCircleFilled size={18} aria-hidden className={classes.bad} />;
    if (state === 'running') return <span className={classes.turning} aria-hidden />;
    return <IconCircleDashed size={18} stroke={1.5} aria-hidden className={classes.waiting} />;
}
