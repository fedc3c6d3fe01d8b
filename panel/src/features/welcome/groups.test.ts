import { describe, expect, it } from 'vitest';
import type { Provisioning, ProvisioningStep } from '../../api/types';
import { groupsOf } from './groups';

const at = (ms: number) => new Date(1_800_000_000_000 + ms).toISOString();
const step = (
    name: ProvisioningStep['name'],
    state: ProvisioningStep['state'],
    from?: number,
    to?: number,
) => ({
    name,
    state,
    started_at: from === undefined ? null : at(from),
    ended_at: to === undefined ? null : at(to),
    attempt: 1,
    error: state === 'failed' ? 'the bucket did not answer' : null,
});
const of = (...steps: ProvisioningStep[]): Provisioning => ({
    status: 'provisioning',
    site_url: '',
    steps,
});

describe('the loader’s groups', () => {
    it('shows five, also before anything is known', () => {
        expect(groupsOf(undefined).map(g => g.state)).toEqual(Array(5).fill('waiting'));
    });

    it('adds up the true time of a group', () => {
        const [database] = groupsOf(
            of(
                step('database', 'done', 0, 20),
                step('roles', 'done', 30, 35),
                step('schema', 'done', 40, 53),
            ),
        );
        expect(database).toMatchObject({ state: 'done', ms: 38 });
    });

    it('runs while one of its steps does, or when one is done and the next waits', () => {
        const [database] = groupsOf(of(step('database', 'done', 0, 5), step('roles', 'waiting')));
        expect(database).toMatchObject({ state: 'running', ms: null });
    });

    it('is failed with the words of the step', () => {
        const media = groupsOf(of(step('bucket', 'failed', 0, 9)))[1];
        expect(media).toMatchObject({ state: 'failed', error: 'the bucket did not answer' });
    });
});
