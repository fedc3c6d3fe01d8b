// The contract's routes. Each: method, pattern, who, handler.
import { invalid, readJson, refuse, sendJson } from './http.mjs';
import * as pages from './pages.mjs';
import {
    createChild,
    may,
    meOf,
    organizationOf,
    registered,
    roleAt,
    signIn,
    signUp,
    slugAnswer,
    summaryOf,
} from './people.mjs';
import { begin, stateOf, stream } from './provisioning.mjs';
import { theme } from './theme.mjs';
import { etagOf, world } from './world.mjs';

const routes = [];
const on = (method, pattern, who, handler) => {
    const expression = new RegExp(`^/api/v1${pattern.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    routes.push({ method, expression, who, handler });
};
const cookie = session => ({
    'Set-Cookie': `__Host-session=${session.token}; Path=/; Secure; HttpOnly; SameSite=Lax`,
});
const withSession = (session, status = 201) => ({
    status,
    body: meOf(session),
    headers: cookie(session),
});
const document = (org, page, status = 200) => ({
    status,
    body: pages.whole(org, page),
    headers: { ETag: etagOf(page) },
});

on('GET', '/branding', 'public', () => ({ body: world.branding }));
on('GET', '/slugs/{slug}', 'public', ({ params }) => ({ body: slugAnswer(params.slug) }));
on('POST', '/signups', 'public', ({ body, request }) =>
    withSession(signUp(body, request.headers['user-agent'])),
);
on('POST', '/sessions', 'public', ({ body, request }) =>
    withSession(signIn(body, request.headers['user-agent'])),
);
on('GET', '/sessions', 'user', ({ session }) => {
    const mine = [...world.sessions.values()].filter(s => s.user === session.user);
    const items = mine.map(({ id, created_at, seen_at, address, user_agent, token }) => ({
        id,
        current: token === session.token,
        created_at,
        seen_at,
        address,
        user_agent,
    }));
    return { body: { items, next: null } };
});
on('DELETE', '/sessions/current', 'user', ({ session }) => {
    world.sessions.delete(session.token);
    return { status: 204 };
});
on('DELETE', '/sessions/{id}', 'user', ({ params, session }) => {
    const found = [...world.sessions.values()].find(
        s => s.id === params.id && s.user === session.user,
    );
    if (!found) refuse('not-found');
    world.sessions.delete(found.token);
    return { status: 204 };
});
on('GET', '/me', 'user', ({ session }) => ({ body: meOf(session) }));
on('PATCH', '/me', 'user', ({ session, body }) => {
    Object.assign(session.user, body);
    return { body: meOf(session) };
});
on('POST', '/me/email-verification', 'user', () => ({ status: 202, body: {} }));
on('PUT', '/me/email-verification', 'user', ({ session, body }) => {
    if (body.token !== 'good') refuse('not-found', 'The link is too old or was used already.');
    session.user.verified = true;
    return { body: meOf(session) };
});
on('GET', '/me/take-overs/{token}', 'user', ({ params }) => ({
    body: { organization: registered(params.token).name },
}));
on('PUT', '/me/take-overs/{token}', 'user', ({ params, session }) => {
    session.user.member.push([registered(params.token), 'client_admin']);
    return { body: meOf(session) };
});
on('DELETE', '/me/take-overs/{token}', 'user', ({ params }) => {
    world.orgs.delete(registered(params.token).slug);
    return { status: 204 };
});
on('POST', '/password-resets', 'public', () => ({ status: 202, body: {} }));
const checkReset = token => {
    if (token !== 'good') refuse('not-found', 'The link is too old or was used already.');
};
on('GET', '/password-resets/{token}', 'public', ({ params }) => {
    checkReset(params.token);
    return { status: 200, body: { password_length_min: 12 } };
});
on('PUT', '/password-resets/{token}', 'public', ({ params }) => {
    checkReset(params.token);
    return { status: 204 };
});
on('GET', '/orgs', 'user', ({ session, query }) => {
    const search = (query.get('search') ?? '')
        .normalize('NFD')
        .replace(/\p{Diacritic}/gu, '')
        .toLowerCase();
    const reach = [...world.orgs.values()].filter(org => roleAt(session.user, org) !== null);
    const found = reach.filter(org =>
        `${org.name} ${org.slug}`
            .normalize('NFD')
            .replace(/\p{Diacritic}/gu, '')
            .toLowerCase()
            .includes(search),
    );
    const limit = Number(query.get('limit') ?? 50);
    const from = Number(query.get('cursor') ?? 0);
    const items = found.slice(from, from + limit).map(org => summaryOf(session.user, org));
    return { body: { items, next: from + limit < found.length ? String(from + limit) : null } };
});
on('GET', '/orgs/{org}', 'viewer', ({ org, session }) => ({
    body: organizationOf(session.user, org),
    headers: { ETag: etagOf(org) },
}));
on('PATCH', '/orgs/{org}', 'client_admin', ({ org, session, body, request }) => {
    if (request.headers['if-match'] !== etagOf(org)) refuse('changed-meanwhile');
    Object.assign(org, body);
    org.version++;
    return { body: organizationOf(session.user, org), headers: { ETag: etagOf(org) } };
});
on('POST', '/orgs/{org}/children', 'agency_admin', ({ org, session, body }) => ({
    status: 201,
    body: createChild(session.user, org, body),
}));
on('GET', '/orgs/{org}/provisioning', 'viewer', ({ org }) => ({ body: stateOf(org) }));
on('GET', '/orgs/{org}/provisioning/events', 'viewer', ({ org, request, response }) =>
    stream(org, request, response),
);
on('POST', '/orgs/{org}/provisioning/attempts', 'client_admin', ({ org }) => {
    begin(org, org.onReady);
    return { status: 202, body: stateOf(org) };
});
on('GET', '/orgs/{org}/dashboard', 'viewer', ({ org, session }) => ({
    body: pages.dashboard(org, session.user),
}));
on('GET', '/orgs/{org}/pages', 'viewer', ({ org, query }) => ({ body: pages.list(org, query) }));
on('POST', '/orgs/{org}/pages', 'editor', ({ org, session, body }) =>
    document(org, pages.create(org, session.user, body), 201),
);
on('GET', '/orgs/{org}/pages/{page}/{language}', 'viewer', ({ org, params }) =>
    document(org, pages.find(org, params.page, params.language)),
);
on(
    'PATCH',
    '/orgs/{org}/pages/{page}/{language}',
    'editor',
    ({ org, params, session, body, request }) => {
        const page = pages.find(org, params.page, params.language);
        pages.checkVersion(request, org, page);
        pages.change(org, session.user, page, body);
        return document(org, page);
    },
);
on('DELETE', '/orgs/{org}/pages/{page}', 'editor', ({ org, params }) => {
    pages.bin(org, params.page, true);
    return { status: 204 };
});
on('PUT', '/orgs/{org}/pages/{page}/restoration', 'editor', ({ org, params }) => ({
    body: pages.bin(org, params.page, false),
}));
on('DELETE', '/orgs/{org}/bin/pages/{page}', 'editor', ({ org, params }) => {
    pages.erase(org, params.page);
    return { status: 204 };
});
for (const method of ['PUT', 'DELETE']) {
    on(
        method,
        '/orgs/{org}/pages/{page}/{language}/publication',
        'editor',
        ({ org, params, session, body, request }) => {
            const page = pages.find(org, params.page, params.language);
            pages.checkVersion(request, org, page);
            if (Date.parse(body?.publish_at) <= Date.now())
                invalid([['/publish_at', 'This time has passed, says the server.']]);
            pages.publish(page, session.user, method === 'PUT', body?.publish_at);
            return document(org, page);
        },
    );
}
on(
    'DELETE',
    '/orgs/{org}/pages/{page}/{language}/publication/schedule',
    'editor',
    ({ org, params, request }) => {
        const page = pages.find(org, params.page, params.language);
        pages.checkVersion(request, org, page);
        pages.schedule(page);
        return document(org, page);
    },
);
on('POST', '/orgs/{org}/previews', 'viewer', ({ org, body, request }) => {
    const port = request.headers.host.split(':')[1] ?? '80';
    const url = `http://${org.slug}--preview.sites.localhost:${port}/?page=${body.page}/${body.language}`;
    return { status: 201, body: { url, expires_at: new Date(Date.now() + 600_000).toISOString() } };
});
on('GET', '/orgs/{org}/theme', 'viewer', () => ({ body: theme }));

export async function answer(request, response, session) {
    const url = new URL(request.url, 'http://mock');
    const fitting = routes.filter(route => route.expression.test(url.pathname));
    if (fitting.length === 0) refuse('not-found');
    const route = fitting.find(r => r.method === request.method) ?? refuse('method-not-allowed');
    const params = url.pathname.match(route.expression).groups ?? {};
    const org = checkRights(route, params, session);
    if (request.method !== 'GET' && session && request.headers['x-csrf-token'] !== session.csrf)
        refuse('csrf');
    const body = await readJson(request);
    const repeated =
        request.method === 'POST' &&
        world.keys.get(`${url.pathname} ${request.headers['idempotency-key']}`);
    const result =
        repeated ||
        (await route.handler({
            request,
            response,
            session,
            params,
            org,
            body,
            query: url.searchParams,
        }));
    if (!result) return;
    if (request.method === 'POST')
        world.keys.set(`${url.pathname} ${request.headers['idempotency-key']}`, result);
    sendJson(response, result.status ?? 200, result.body, result.headers);
}

function checkRights({ who }, params, session) {
    if (who === 'public') return undefined;
    if (!session) refuse('unauthenticated');
    if (who === 'user') return undefined;
    const org = world.orgs.get(params.org);
    if (!org || !roleAt(session.user, org)) refuse('not-found');
    if (!may(session.user, org, who)) refuse('forbidden');
    return org;
}
