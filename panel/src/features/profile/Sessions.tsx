import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client';
import type { Session } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { ProblemNote } from '../../ui/ProblemNote';
import { Skeleton } from '../../ui/Skeleton';
import { ago, moment } from '../../ui/time';
import { toast } from '../../ui/toast';
import { agentOf } from './agent';
import classes from './Profile.module.css';

const sessionsQuery = queryOptions({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) => (await call('get', '/api/v1/sessions', { signal })).data.items,
});

/** Where one is signed in, and the way to end it there. */
export function Sessions() {
    const { data, error, refetch, isFetching } = useQuery(sessionsQuery);
    return (
        <Card title={m.profile_sessions()} flush>
            {error && !data && (
                <div className={classes.pad}>
                    <ProblemNote
                        problem={error}
                        title={m.profile_sessions_failed()}
                        retry={() => refetch()}
                        retrying={isFetching}
                    />
                </div>
            )}
            {!data && !error && (
                <div className={classes.pad}>
                    <Skeleton lines={2} height={44} />
                </div>
            )}
            <ul>
                {data?.map(session => (
                    <SessionRow key={session.id} session={session} />
                ))}
            </ul>
        </Card>
    );
}

function SessionRow({ session }: { session: Session }) {
    const client = useQueryClient();
    const end = useMutation({
        mutationFn: () =>
            call('delete', '/api/v1/sessions/{session}', { path: { session: session.id } }),
        onSuccess: () => toast(m.profile_session_ended()),
        onError: () => toast(m.profile_session_not_ended()),
        onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
    });
    const { browser, system, mobile } = agentOf(session.user_agent);
    const Icon = mobile ? IconDeviceMobile : IconDeviceDesktop;
    const name = [browser, system].filter(Boolean).join(', ') || m.profile_session_unknown();
    return (
        <li className={classes.session}>
            <Icon size={20} stroke={1.75} aria-hidden />
            <div className={classes.words}>
                <p className={classes.name}>{name}</p>
                <p className={classes.detail} title={moment(session.seen_at)}>
                    <bdi dir="ltr">{session.address}</bdi> ·{' '}
                    {m.profile_session_seen({ ago: ago(session.seen_at) })}
                </p>
            </div>
            {session.current ? (
                <span className={classes.here}>{m.profile_session_here()}</span>
            ) : (
                <Button busy={end.isPending} onClick={() => end.mutate()}>
                    {m.profile_session_end()}
                </Button>
            )}
        </li>
    );
}
