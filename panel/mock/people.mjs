// Identity: who may sign in, who is signed in, what they may reach.
import { invalid, refuse } from './http.mjs';
import { begin } from './provisioning.mjs';
import { addOrg, addPage, addSession, addUser, seedPages, world } from './world.mjs';

export function roleAt(user, org) {
    if (user.role === 'superadmin') return 'superadmin';
    const own = user.member.find(([at]) => at === org)?.[1];
    for (let at = org; at; at = at.parent) {
        if (user.member.some(([held, role]) => held === at && role === 'agency_admin'))
            return 'agency_admin';
    }
    return own ?? null;
}

export const summaryOf = (user, org) => ({
    id: org.id,
    slug: org.slug,
    name: org.name,
    kind: org.kind,
    status: org.status,
    role: roleAt(user, org),
    site_url: `http://${org.slug}.sites.localhost:8090/`,
    parent: org.parent ? { id: org.parent.id, name: org.parent.name } : null,
});

const RANK = { viewer: 0, editor: 1, client_admin: 2, agency_admin: 3, superadmin: 4 };
export const may = (user, org, least) => RANK[roleAt(user, org)] >= RANK[least];

export const organizationOf = (user, org) => ({
    ...summaryOf(user, org),
    project_type: org.project_type,
    language: org.language,
    languages: [
        ...new Set([...org.languages, ...[...org.pages.values()].map(page => page.language)]),
    ],
    time_zone: org.time_zone,
    currency: org.currency,
    created_at: org.created_at,
    verified: user.verified,
    may: {
        edit: may(user, org, 'editor'),
        administer: may(user, org, 'client_admin'),
        create_children: org.kind !== 'organization' && may(user, org, 'agency_admin'),
    },
});

export const meOf = ({ user, csrf }) => ({
    user: {
        id: user.id,
        name: user.name,
        email: user.email,
        verified: user.verified,
        language: user.language,
        tour_seen: user.tour_seen,
        role: user.role,
    },
    csrf_token: csrf,
    branding: world.branding,
    organizations: user.member.map(([org]) => summaryOf(user, org)),
    organization: user.land?.slug ?? null,
});

const RESERVED = new Set(['admin', 'www', 'api', 'mail']);

export function slugAnswer(slug) {
    let reason = null;
    if (!/^(?!.*--)[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/.test(slug)) reason = 'invalid';
    else if (RESERVED.has(slug)) reason = 'reserved';
    else if (world.orgs.has(slug)) reason = 'taken';
    let suggestion = null;
    for (let i = 2; reason && reason !== 'invalid' && !suggestion; i++) {
        if (!world.orgs.has(`${slug}-${i}`)) suggestion = `${slug}-${i}`;
    }
    return {
        slug,
        free: reason === null,
        reason,
        suggestion,
        address: `${slug}.sites.localhost:8090`,
    };
}

const COMMON = new Set(['password123', '1234567890', 'qwertyuiop']);

function checkPassword(password, pointer) {
    if (!password || [...password].length < 10) invalid([[pointer, 'Use at least 10 characters.']]);
    if (COMMON.has(password.toLowerCase()))
        invalid([[pointer, 'This password is among the commonest. Choose another.']]);
}

/** What a link for taking over is about: a site that somebody registered with another's address. */
export function registered(token) {
    if (token === 'other') refuse('conflict', 'This site was registered with another address.');
    if (token !== 'good') refuse('not-found', 'The link is too old or was used already.');
    return world.orgs.get('linden-bikes') ?? addOrg({ slug: 'linden-bikes', name: 'Linden Bikes' });
}

export function signUp(body, agent) {
    checkPassword(body.password, '/password');
    const { slug, name, project_type, demo, language } = body.organization;
    const answer = slugAnswer(slug);
    if (!answer.free) invalid([['/organization/slug', 'This address is taken.']]);
    const org = addOrg({
        slug,
        name,
        project_type,
        demo,
        languages: [language],
        status: 'provisioning',
    });
    const user = addUser({
        name: body.name,
        email: body.email,
        password: body.password,
        member: [[org, 'client_admin']],
        land: org,
        verified: false,
        language,
    });
    world.lastSignUp = body;
    begin(org, () =>
        demo
            ? seedPages(org, ['About', 'Contact'])
            : addPage(org, {
                  title: 'Home',
                  slug: '',
                  template: 'home',
                  state: 'published',
                  by: null,
              }),
    );
    return addSession(user, agent);
}

export function signIn({ email, password }, agent) {
    const user = world.users.get(email);
    if (!user || user.password !== password)
        refuse('unauthenticated', 'E-mail or password is not right.');
    return addSession(user, agent);
}

export function createChild(user, parent, body) {
    if (parent.kind === 'organization') refuse('conflict', 'Only an agency has clients.');
    if (!slugAnswer(body.slug).free) invalid([['/slug', 'This address is taken.']]);
    const { slug, name, kind, project_type, demo, language } = body;
    const org = addOrg({
        slug,
        name,
        kind,
        parent,
        project_type,
        demo,
        languages: [language],
        status: 'provisioning',
    });
    begin(org, () => seedPages(org, ['About', 'Contact']));
    return organizationOf(user, org);
}
