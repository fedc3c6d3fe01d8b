// A birth in steps with their own times, streamed as server-sent events that can be taken up again.
import { world } from './world.mjs';

const NAMES = ['database', 'roles', 'schema', 'bucket', 'theme', 'demo', 'runtime', 'address'];

export function begin(org, onReady = () => {}) {
    org.status = 'provisioning';
    const done = (org.steps ?? []).filter(step => step.state === 'done');
    const attempt = 1 + Math.max(0, ...(org.steps ?? []).map(step => step.attempt));
    org.steps = NAMES.map(
        name =>
            done.find(step => step.name === name) ?? {
                name,
                state: 'waiting',
                started_at: null,
                ended_at: null,
                attempt,
                error: null,
            },
    );
    org.events = org.events ?? [];
    org.listeners = org.listeners ?? new Set();
    org.onReady = onReady;
    tell(org);
    next(org);
}

export const stateOf = org => ({
    status: { active: 'active', failed: 'failed' }[org.status] ?? 'provisioning',
    site_url: `http://${org.slug}.sites.localhost:8090/`,
    steps:
        org.steps ??
        NAMES.map(name => ({
            name,
            state: 'done',
            started_at: org.created_at,
            ended_at: org.created_at,
            attempt: 1,
            error: null,
        })),
});

function next(org) {
    const step = org.steps.find(s => s.state === 'waiting');
    if (!step) {
        org.status = 'active';
        org.onReady();
        return tell(org);
    }
    step.state = 'running';
    step.started_at = new Date().toISOString();
    tell(org);
    setTimeout(() => end(org, step), world.provisioning.stepMs * (0.4 + Math.random() * 0.8));
}

function end(org, step) {
    const fails = world.provisioning.failAt === step.name;
    step.state = fails ? 'failed' : 'done';
    step.ended_at = new Date().toISOString();
    step.error = fails ? 'The storage did not answer.' : null;
    if (!fails) return next(org);
    world.provisioning.failAt = null;
    org.status = 'failed';
    tell(org);
}

function tell(org) {
    const id = (org.events.at(-1)?.id ?? 0) + 1;
    const event = { id, data: JSON.stringify(stateOf(org)) };
    org.events.push(event);
    for (const listener of org.listeners) listener(event);
}

export function stream(org, request, response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const after = Number(request.headers['last-event-id'] ?? 0);
    const send = event => {
        response.write(`event: provisioning\nid: ${event.id}\ndata: ${event.data}\n\n`);
        const { status } = JSON.parse(event.data);
        if (status !== 'provisioning') close();
    };
    const close = () => {
        org.listeners?.delete(send);
        response.end();
    };
    const events = org.events ?? [{ id: 1, data: JSON.stringify(stateOf(org)) }];
    const missed = events.filter(event => event.id > after);
    const newest = missed.at(-1) ?? events.at(-1);
    org.listeners?.add(send);
    request.on('close', () => org.listeners?.delete(send));
    send(newest);
    const cut = world.provisioning.cutAfterMs;
    if (cut) {
        world.provisioning.cutAfterMs = 0;
        setTimeout(() => {
            org.listeners?.delete(send);
            response.destroy();
        }, cut);
    }
}
