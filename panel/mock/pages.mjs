// Pages: list with cursor, versions with ETags, drafts and publication, bin.
import { invalid, refuse } from './http.mjs';
import { addPage, etagOf, pathOf } from './world.mjs';

const BIN_KEEPS_MS = 30 * 86_400_000;

export const summary = (org, page) => ({
    id: page.id,
    language: page.language,
    title: page.title,
    path: pathOf(org, page),
    template: page.template,
    state: page.binned ? 'binned' : page.state,
    updated_at: page.updated_at,
    updated_by: page.updated_by,
    published_at: page.published_at,
    publish_at: page.publish_at,
    binned_until: page.binned ? new Date(page.binned + BIN_KEEPS_MS).toISOString() : null,
});

export const whole = (org, page) => ({
    ...summary(org, page),
    slug: page.slug,
    sections: page.sections,
    seo: page.seo,
    url: `http://${org.slug}.sites.localhost:8090${pathOf(org, page)}`,
});

/** What its time has come for is out. */
function goOut(page) {
    if (!page.publish_at || Date.parse(page.publish_at) > Date.now()) return page;
    Object.assign(page, {
        state: 'published',
        published_at: page.publish_at,
        publish_at: null,
        live: structuredClone(page.sections),
    });
    page.version++;
    return page;
}

const live = org => [...org.pages.values()].filter(page => !page.binned);
const fold = text =>
    text
        .normalize('NFD')
        .replace(/\p{Diacritic}/gu, '')
        .toLowerCase();

export function list(org, query) {
    const search = fold(query.get('search') ?? '');
    const state = query.get('state');
    const all = [...org.pages.values()]
        .map(goOut)
        .filter(
            page =>
                fold(page.title).includes(search) &&
                (!query.get('language') || page.language === query.get('language')),
        );
    const found = all.filter(page => !page.binned);
    const binned = all.filter(page => page.binned);
    const shown =
        state === 'binned' ? binned : found.filter(page => !state || page.state === state);
    const byTitle = query.get('sort') === 'title';
    shown.sort((a, b) =>
        byTitle ? a.title.localeCompare(b.title) : b.updated_at.localeCompare(a.updated_at),
    );
    const from = Number(query.get('cursor') ?? 0);
    const limit = Number(query.get('limit') ?? 50);
    const of = name => found.filter(page => page.state === name).length;
    return {
        items: shown.slice(from, from + limit).map(page => summary(org, page)),
        next: from + limit < shown.length ? String(from + limit) : null,
        counts: {
            all: found.length,
            published: of('published'),
            draft: of('draft'),
            scheduled: of('scheduled'),
            changed: of('changed'),
            binned: binned.length,
        },
    };
}

export function dashboard(org, user) {
    const pages = live(org);
    const of = (...names) => pages.filter(page => names.includes(page.state)).length;
    const recent = pages.toSorted((a, b) => b.updated_at.localeCompare(a.updated_at)).slice(0, 5);
    const edited = pages.some(page => page.template === 'home' && page.edited);
    return {
        pages: {
            published: of('published', 'changed'),
            draft: of('draft'),
            scheduled: of('scheduled'),
        },
        recent: recent.map(page => summary(org, page)),
        checklist: [
            { key: 'name_site', done: true },
            { key: 'edit_home', done: edited },
            {
                key: 'publish_page',
                done: pages.some(page => page.edited && page.state === 'published'),
            },
            { key: 'verify_email', done: user.verified },
        ],
    };
}

export function find(org, id, language) {
    const page = org.pages.get(`${id}/${language}`);
    if (!page || page.binned) refuse('not-found');
    return goOut(page);
}

export function checkVersion(request, org, page) {
    const match = request.headers['if-match'];
    if (!match) refuse('precondition-required');
    if (match !== etagOf(page))
        refuse('changed-meanwhile', 'Somebody saved a newer version.', {
            current: whole(org, page),
            etag: etagOf(page),
        });
}

export function create(org, user, { title, slug, language = org.language }) {
    if (!title?.trim()) invalid([['/title', 'Give the page a title.']]);
    return addPage(org, { title, slug, language, by: user.name });
}

export function change(org, user, page, patch) {
    if (patch.title !== undefined && !patch.title.trim())
        invalid([['/title', 'Give the page a title.']]);
    if (
        patch.slug !== undefined &&
        live(org).some(other => other !== page && other.slug === patch.slug)
    )
        invalid([['/slug', 'Another page has this address.']]);
    const { seo, ...rest } = patch;
    Object.assign(page, rest);
    page.seo = { ...page.seo, ...seo };
    page.edited = true;
    if (page.state === 'published') page.state = 'changed';
    touch(page, user);
}

/** Now, or at a time that is not over. */
export function publish(page, user, on, at) {
    if (Date.parse(at) > Date.now()) return schedule(page, at);
    if (!on && page.template === 'home')
        refuse('conflict', "The home page can't be taken off the site.");
    page.state = on ? 'published' : 'draft';
    page.publish_at = null;
    page.published_at = on ? new Date().toISOString() : null;
    page.live = on ? structuredClone(page.sections) : undefined;
    touch(page, user);
}

/** Without a time: no longer. What is out stays as it is. */
export function schedule(page, at = null) {
    if (page.publish_at === at) return;
    page.publish_at = at;
    if (!page.published_at) page.state = at ? 'scheduled' : 'draft';
    page.version++;
}

function touch(page, user) {
    page.version++;
    page.updated_at = new Date().toISOString();
    page.updated_by = user.name;
}

export function bin(org, id, on) {
    const versions = [...org.pages.values()].filter(page => page.id === id);
    if (versions.length === 0) refuse('not-found');
    if (on && versions[0].template === 'home')
        refuse('conflict', 'The home page stays. Change it instead.');
    for (const page of versions) page.binned = on && Date.now();
    return summary(org, versions[0]);
}

export function erase(org, id) {
    const versions = [...org.pages].filter(([, page]) => page.id === id && page.binned);
    if (versions.length === 0) refuse('not-found');
    for (const [key] of versions) org.pages.delete(key);
}
