// The preview's own origin and the public site: one plain page drawn from the sections.
import { pathOf, world } from './world.mjs';

const escaped = text =>
    String(text ?? '').replace(
        /[&<>"]/g,
        c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c],
    );
const words = node => node.text ?? (node.content ?? []).map(words).join('');
const text = value =>
    value?.type === 'doc'
        ? value.content.map(block => escaped(words(block))).join('<br>')
        : escaped(String(value ?? '').replace(/<[^>]+>/g, ''));

const CSS = `*{box-sizing:border-box}body{margin:0;font:17px/1.6 Georgia,serif;color:#22201c;background:#fffdf9}
header,footer{padding:22px 6vw;display:flex;justify-content:space-between;font-family:system-ui,sans-serif;font-size:15px}
.section{padding:56px 6vw;cursor:pointer}.section[data-selected]{outline:2px solid #2f5d50;outline-offset:-2px}
.section:hover{box-shadow:inset 0 0 0 1px #2f5d5066}.tinted{background:#eef3ee}.inverted{background:#20332c;color:#f4f1ea}
h1,h2{font-weight:500;line-height:1.1;letter-spacing:-.02em;margin:0 0 16px;text-wrap:balance}h1{font-size:clamp(34px,5.4vw,64px);max-width:14ch}h2{font-size:clamp(26px,3vw,38px)}
p{margin:0 0 20px;max-width:60ch}.button{display:inline-block;padding:10px 20px;border-radius:999px;background:#2f5d50;color:#fff;font:500 15px system-ui,sans-serif;margin-right:10px}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:32px}.grid h3{margin:0 0 6px;font:600 17px system-ui,sans-serif}
.split{display:grid;grid-template-columns:1fr 1fr;gap:40px;align-items:center}.art{aspect-ratio:5/4;border-radius:14px;background:linear-gradient(160deg,#cfe0d4 0 46%,#7ba591 46% 66%,#2f5d50 66%)}
blockquote{font-size:28px;margin:0;max-width:24ch;line-height:1.3}@media(max-width:700px){.split{grid-template-columns:1fr}}`;

const JS = `addEventListener('click',e=>{const s=e.target.closest('[data-section-id]');if(s)parent.postMessage({luster:'preview',section:s.dataset.sectionId},'*')});
document.querySelector(location.hash||'#none')?.setAttribute('data-selected','')`;

function section(id, { type, settings: s, blocks = {}, block_order = [] }) {
    const inner = { hero, text: prose, features, quote, cta: prose }[type] ?? prose;
    const list = block_order.map(b => blocks[b]).filter(Boolean);
    return `<div id="section-${escaped(id)}" class="section ${escaped(s.scheme ?? '')}" data-section-id="${escaped(id)}">${inner(s, list)}</div>`;
}
const buttons = blocks =>
    blocks
        .map(b => `<span class="button">${escaped(b.settings.label ?? 'Read more')}</span>`)
        .join('');
const hero = (s, b) =>
    `<div class="${s.layout === 'text' ? '' : 'split'}"><div><h1>${escaped(s.heading)}</h1><p>${escaped(s.text)}</p>${buttons(b)}</div>${s.layout === 'text' ? '' : '<div class="art"></div>'}</div>`;
const prose = (s, b) => `<h2>${escaped(s.heading)}</h2><p>${text(s.body)}</p>${buttons(b)}`;
const features = (s, b) =>
    `<h2>${escaped(s.heading)}</h2><div class="grid">${b.map(x => `<div><h3>${escaped(x.settings.title)}</h3><p>${escaped(x.settings.text)}</p></div>`).join('')}</div>`;
const quote = s => `<blockquote>“${escaped(s.quote)}”</blockquote><p>${escaped(s.author)}</p>`;

export function drawPage(org, page, sections, design) {
    const drawn = sections.order
        .filter(id => !sections.sections[id].disabled)
        .map(id => section(id, sections.sections[id]));
    const script = design ? `<script>${JS}</script>` : '';
    return `<!doctype html><html lang="${page.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(page.title)} · ${escaped(org.name)}</title><style>${CSS}</style><header><strong>${escaped(org.name)}</strong><span>About&ensp;Journal&ensp;Contact</span></header><main>${drawn.join('')}</main><footer>© ${escaped(org.name)}</footer>${script}</html>`;
}

/** Hosts {slug}.sites.localhost and {slug}--preview.sites.localhost; false when it is neither. */
export function serveSite(request, response) {
    const name = request.headers.host?.match(/^([a-z0-9-]+?)(--preview)?\.sites\.localhost/);
    if (!name) return false;
    const org = world.orgs.get(name[1]);
    const url = new URL(request.url, 'http://site');
    const page =
        org &&
        [...org.pages.values()].find(p =>
            name[2]
                ? `${p.id}/${p.language}` === url.searchParams.get('page')
                : pathOf(org, p) === url.pathname && p.live,
        );
    response.writeHead(page ? 200 : 404, {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
    });
    response.end(
        page
            ? drawPage(org, page, name[2] ? page.sections : page.live, Boolean(name[2]))
            : '<!doctype html><title>Nothing here</title><p>Nothing here.',
    );
    return true;
}
