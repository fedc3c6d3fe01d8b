import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { address, call } from '../../api/client';
import { follow } from '../../api/events';
import type { Problem } from '../../api/problems';
import type { Provisioning } from '../../api/types';

/** The steps as they happen. Comes back by itself after a break; a retry starts following anew. */
export function useProvisioning(org: string) {
    const client = useQueryClient();
    const [provisioning, setProvisioning] = useState<Provisioning>();
    const [broken, setBroken] = useState(false);
    const [refused, setRefused] = useState<Problem>();
    const [round, setRound] = useState(0);

    // biome-ignore lint/correctness/useExhaustiveDependencies: a new round follows again
    useEffect(() => {
        let last: Provisioning | undefined;
        return follow(address('/api/v1/orgs/{org}/provisioning/events', { org }), {
            onEvent({ event, data }) {
                if (event !== 'provisioning') return;
                last = JSON.parse(data) as Provisioning;
                setProvisioning(last);
            },
            onBroken: setBroken,
            onRefused: setRefused,
            isOver: () => last !== undefined && last.status !== 'provisioning',
        });
    }, [org, round]);

    const retry = useMutation({
        mutationFn: () =>
            call('post', '/api/v1/orgs/{org}/provisioning/attempts', { path: { org } }),
        onSuccess: ({ data }) => {
            setProvisioning(data);
            setRound(n => n + 1);
        },
    });
    const status = provisioning?.status;
    useEffect(() => {
        if (status === 'active' || status === 'failed') {
            void client.invalidateQueries({ queryKey: [org] });
            void client.invalidateQueries({ queryKey: ['me'] });
            void client.invalidateQueries({ queryKey: ['orgs'] });
        }
    }, [client, org, status]);
    return { provisioning, broken, refused, retry };
}
