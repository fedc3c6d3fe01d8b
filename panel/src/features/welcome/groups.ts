import type { Provisioning, ProvisioningStep } from '../../api/types';

/** The recorded steps in the five groups that a person understands. */
export const GROUPS = ['database', 'media', 'theme', 'demo', 'address'] as const;
export type GroupName = (typeof GROUPS)[number];
type Status = ProvisioningStep['state'];

const MEMBERS: Record<GroupName, ProvisioningStep['name'][]> = {
    database: ['database', 'roles', 'schema'],
    media: ['bucket'],
    theme: ['theme'],
    demo: ['demo'],
    address: ['runtime', 'address'],
};

export interface Group {
    name: GroupName;
    state: Status;
    /** The true time that its steps took, without waits between them. */
    ms: number | null;
    error: string | null;
}

export function groupsOf(provisioning: Provisioning | undefined): Group[] {
    return GROUPS.map(name => {
        const steps = provisioning?.steps.filter(step => MEMBERS[name].includes(step.name)) ?? [];
        return {
            name,
            state: stateOf(steps),
            ms: lengthOf(steps),
            error: steps.find(s => s.error)?.error ?? null,
        };
    });
}

function stateOf(steps: ProvisioningStep[]): Status {
    if (steps.some(step => step.state === 'failed')) return 'failed';
    if (steps.length > 0 && steps.every(step => step.state === 'done')) return 'done';
    if (steps.some(step => step.state !== 'waiting')) return 'running';
    return 'waiting';
}

function lengthOf(steps: ProvisioningStep[]): number | null {
    let sum = 0;
    for (const { started_at, ended_at } of steps) {
        if (!started_at || !ended_at) return null;
        sum += Date.parse(ended_at) - Date.parse(started_at);
    }
    return steps.length > 0 ? sum : null;
}
