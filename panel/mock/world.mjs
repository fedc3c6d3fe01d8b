// The stand-in's memory: a platform, an agency with two clients, people, pages. Made anew by reset().
import { randomUUID } from 'node:crypto';
import { sectionsFor } from './theme.mjs';

export const world = {};
let serial = 0;

export function reset() {
    serial = 0;
    Object.assign(world, {
        branding: {
            app_name: 'Halden Studio',
            accent: '#2f5d50',
            logo_url: null,
            support_email: null,
        },
        users: new Map(),
        sessions: new Map(),
        orgs: new Map(),
        keys: new Map(),
        faults: [],
        provisioning: { stepMs: 90, failAt: null },
    });
    const platform = addOrg({ slug: 'platform', name: 'Platform', kind: 'platform' });
    const agency = addOrg({
        slug: 'halden',
        name: 'Halden Agency',
        kind: 'agency',
        parent: platform,
    });
    const coffee = addOrg({
        slug: 'northwind',
        name: 'Northwind Coffee',
        parent: agency,
        languages: ['en', 'de'],
    });
    const travel = addOrg({ slug: 'blue-fjord', name: 'Blue Fjord Travel', parent: agency });
    for (let i = 1; i <= 40; i++) {
        addOrg({
            slug: `client-${i}`,
            name: NAMES[i % NAMES.length] + (i > NAMES.length ? ` ${i}` : ''),
            parent: agency,
        });
    }
    addUser({
        name: 'Ada Nyberg',
        email: 'ada@example.org',
        member: [
            [agency, 'agency_admin'],
            [coffee, 'client_admin'],
        ],
        land: coffee,
    });
    addUser({
        name: 'Root Holm',
        email: 'root@example.org',
        role: 'superadmin',
        member: [[platform, 'superadmin']],
        land: null,
    });
    addUser({
        name: 'Edda Vik',
        email: 'edda@example.org',
        member: [[coffee, 'editor']],
        land: coffee,
    });
    addUser({
        name: 'Vera Lund',
        email: 'vera@example.org',
        member: [[coffee, 'viewer']],
        land: coffee,
    });
    seedPages(coffee);
    seedPages(travel);
}

const NAMES = [
    'Pixel Foundry',
    'Maison Olive',
    'Atelier Brand',
    'Harbour Yoga',
    'Zürich Velo',
    'Nordlys Media',
    'Oak & Ember',
    'Kiosk Collective',
    'Tide Digital',
    'Fjellheim Studio',
];

export function addOrg({
    slug,
    name,
    kind = 'organization',
    parent = null,
    status = 'active',
    languages = ['en'],
    project_type = 'website',
    demo = true,
}) {
    const org = {
        id: `org_${++serial}`,
        slug,
        name,
        kind,
        status,
        parent,
        project_type,
        demo,
        languages,
        language: languages[0],
        time_zone: 'Europe/Oslo',
        currency: 'EUR',
        created_at: new Date().toISOString(),
        version: 1,
        pages: new Map(),
        steps: null,
        named: false,
    };
    world.orgs.set(slug, org);
    return org;
}

export function addUser({
    name,
    email,
    password = 'correct horse battery',
    role = null,
    member = [],
    land,
    verified = true,
    language = 'en',
}) {
    const user = {
        id: `user_${++serial}`,
        name,
        email,
        password,
        verified,
        language,
        tour_seen: verified,
        role,
        member,
        land,
    };
    world.users.set(email, user);
    return user;
}

export function addSession(user, agent = '') {
    const now = new Date().toISOString();
    const session = {
        id: `session_${++serial}`,
        token: randomUUID(),
        csrf: randomUUID(),
        user,
        created_at: now,
        seen_at: now,
        address: '127.0.0.1',
        user_agent: agent,
    };
    world.sessions.set(session.token, session);
    return session;
}

const TITLES = [
    'About us',
    'Our roastery',
    'Brewing guides',
    'Wholesale',
    'Contact',
    'Shipping and returns',
    'Gift cards',
    'The house blend',
    'Opening hours',
    'Careers',
    'Press',
    'Sustainability',
    'Winter menu',
    'Tasting events',
    'Imprint',
    'Privacy',
];
const STATES = [
    'published',
    'published',
    'draft',
    'published',
    'changed',
    'published',
    'published',
    'draft',
];
const PEOPLE = ['Ada Nyberg', 'Mina Sato', 'Jonas Keller', 'Grace Obi'];

export function seedPages(org, titles = TITLES) {
    addPage(org, { title: 'Home', slug: '', template: 'home', state: 'published', hours: 2 });
    titles.forEach((title, i) => {
        addPage(org, {
            title,
            state: STATES[i % STATES.length],
            hours: 3 + i * 2,
            by: PEOPLE[i % PEOPLE.length],
        });
    });
}

export function addPage(
    org,
    {
        title,
        slug,
        template = 'page',
        state = 'draft',
        hours = 0,
        by = 'Ada Nyberg',
        language = org.language,
    },
) {
    const time = new Date(Date.now() - hours * 3_600_000).toISOString();
    const out = state === 'published' || state === 'changed';
    const page = {
        id: `page_${++serial}`,
        language,
        title,
        slug: slug ?? title.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
        template,
        sections: sectionsFor(title, template),
        seo: { title: null, description: null, noindex: false },
        state,
        updated_at: time,
        updated_by: by,
        published_at: out ? time : null,
        publish_at: null,
        binned: false,
        version: 1,
        edited: false,
    };
    if (out) page.live = structuredClone(page.sections);
    org.pages.set(`${page.id}/${language}`, page);
    return page;
}

export const pathOf = (org, page) =>
    `${page.language === org.language ? '' : `/${page.language}`}/${page.slug}`;
export const etagOf = thing => `"${thing.version}"`;
reset();
