// A stand-in for the server: the contract's protocol over a world in memory, and the built panel.
// Tests steer it by /__mock: ?reset, or ?fault=slow|unavailable|offline|lost|limited&path=…&method=…&ms=…&times=…
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cookieOf, ProblemAnswer, sendJson, sendProblem } from './http.mjs';
import { schedule } from './pages.mjs';
import { serveSite } from './preview.mjs';
import { answer } from './routes.mjs';
import { addOrg, addPage, reset, world } from './world.mjs';

const DIST = process.env.PANEL_DIST ?? join(dirname(fileURLToPath(import.meta.url)), '../dist');
const PORT = Number(process.env.PORT ?? 8090);
const TYPES = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.woff2': 'font/woff2',
    '.svg': 'image/svg+xml',
    '.json': 'application/json',
};
const POLICY =
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src http://*.sites.localhost:*; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

function steer(url, response) {
    const q = url.searchParams;
    if (q.has('reset')) reset();
    if (q.has('fault'))
        world.faults.push({
            kind: q.get('fault'),
            path: q.get('path') ?? '',
            method: q.get('method'),
            ms: Number(q.get('ms') ?? 1000),
            times: Number(q.get('times') ?? 1),
        });
    if (q.has('calm')) world.faults = [];
    if (q.has('stepMs')) world.provisioning.stepMs = Number(q.get('stepMs'));
    if (q.has('failAt')) world.provisioning.failAt = q.get('failAt');
    if (q.has('cutAfterMs')) world.provisioning.cutAfterMs = Number(q.get('cutAfterMs'));
    if (q.has('accent')) world.branding.accent = q.get('accent');
    if (q.has('pages')) fill(world.orgs.get('northwind'), Number(q.get('pages')));
    if (q.has('empty'))
        addOrg({ slug: 'empty', name: 'Empty House', parent: world.orgs.get('halden') });
    if (q.has('german')) for (const user of world.users.values()) user.language = 'de';
    if (q.has('newcomer')) for (const user of world.users.values()) user.tour_seen = false;
    if (q.has('later')) later(q.get('later'), q.get('at'));
    if (q.has('touch')) touch(q.get('touch'), q.get('title'));
    sendJson(response, 200, { lastSignUp: world.lastSignUp ?? null });
}

function fill(org, count) {
    for (let i = 0; i < count; i++)
        addPage(org, {
            title: `Recipe ${i + 1}`,
            state: i % 3 ? 'published' : 'draft',
            hours: 60 + i,
        });
}

/** A page's draft goes out at a time. */
function later(title, at) {
    for (const page of world.orgs.get('northwind').pages.values())
        if (page.title === title) schedule(page, at);
}

/** Somebody else saves a page. */
function touch(title, next) {
    for (const page of world.orgs.get('northwind').pages.values()) {
        if (page.title !== title) continue;
        page.title = next ?? title;
        page.sections.sections.hero.settings.heading = 'Their heading';
        page.version++;
        page.updated_by = 'Mina Sato';
    }
}

/** Whether the fault ends the answer. */
async function fault(request, response) {
    const found = world.faults.find(
        f =>
            f.times > 0 &&
            request.url.includes(f.path) &&
            (!f.method || f.method === request.method),
    );
    if (!found) return false;
    found.times--;
    if (found.kind === 'slow') await new Promise(resolve => setTimeout(resolve, found.ms));
    if (found.kind === 'unavailable') sendProblem(response, { kind: 'unavailable', detail: '' });
    if (found.kind === 'limited')
        sendProblem(response, { kind: 'too-many-requests', detail: '', more: { retry_after: 30 } });
    if (found.kind === 'offline') request.socket.destroy();
    // It is done, but nobody hears of it.
    if (found.kind === 'lost') response.end = () => request.socket.destroy();
    return found.kind !== 'slow' && found.kind !== 'lost';
}

function serveFile(request, response) {
    const path = normalize(new URL(request.url, 'http://mock').pathname);
    const wanted = join(DIST, path);
    const file = extname(path) && existsSync(wanted) ? wanted : join(DIST, 'index.html');
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const headers = {
        'Content-Type': type,
        'Content-Security-Policy': POLICY,
        'X-Content-Type-Options': 'nosniff',
    };
    if (path.startsWith('/assets/'))
        headers['Cache-Control'] = 'public, max-age=31536000, immutable';
    const packed = `${file}.br`;
    if (existsSync(packed) && request.headers['accept-encoding']?.includes('br')) {
        response.writeHead(200, { ...headers, 'Content-Encoding': 'br' });
        return response.end(readFileSync(packed));
    }
    response.writeHead(200, headers);
    response.end(readFileSync(file));
}

async function handle(request, response) {
    const url = new URL(request.url, 'http://mock');
    if (url.pathname === '/__mock') return steer(url, response);
    if (serveSite(request, response)) return;
    if (!url.pathname.startsWith('/api/')) return serveFile(request, response);
    if (await fault(request, response)) return;
    const session = world.sessions.get(cookieOf(request, '__Host-session'));
    if (session) session.seen_at = new Date().toISOString();
    await answer(request, response, session);
}

const server = createServer((request, response) => {
    handle(request, response).catch(error => {
        if (error instanceof ProblemAnswer) return sendProblem(response, error);
        console.error(error);
        sendProblem(response, { kind: 'unavailable', detail: String(error) });
    });
});
// Longer than any pause of a test on a busy machine: a line that closes while it is used again is a lost request.
server.keepAliveTimeout = 600_000;
server.listen(PORT, '127.0.0.1', () =>
    console.log(`http://admin.localhost:${PORT}  (ada@example.org, correct horse battery)`),
);
