// The weight of each screen's first load, as built: entry + route, gzip -9. Fails above the budgets.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const ROUTE_KB = 190;
const LAZY_KB = 225;
const CSS_KB = 22;

const routes = {
    'sign-in': ['src/features/signin/SignIn.tsx'],
    'sign-up': ['src/features/signup/SignUp.tsx'],
    loader: ['src/features/welcome/Welcome.tsx'],
    home: ['src/features/dashboard/Dashboard.tsx'],
    pages: ['src/features/pages/PagesList.tsx'],
    editor: ['src/features/pages/editor/Editor.tsx'],
    organizations: ['src/features/orgs/Organizations.tsx'],
    profile: ['src/features/profile/Profile.tsx'],
};
/** Chunks that no first screen may load. */
const LATE = ['src/shell/Palette.tsx', 'src/shell/KeyHelp.tsx', 'src/shell/tour/tour.ts'];

const entry = Object.keys(manifest).find(key => manifest[key].isEntry);

function closure(keys, seen = new Set()) {
    for (const key of keys) {
        if (seen.has(key)) continue;
        seen.add(key);
        closure(manifest[key].imports ?? [], seen);
    }
    return seen;
}

const sizes = new Map();
function size(file) {
    if (!sizes.has(file)) {
        const bytes = readFileSync(join(dist, file));
        sizes.set(file, {
            gz: gzipSync(bytes, { level: 9 }).length,
            br: brotliCompressSync(bytes).length,
        });
    }
    return sizes.get(file);
}

const sum = (files, kind) => [...files].reduce((total, file) => total + size(file)[kind], 0) / 1000;
const kb = value => value.toFixed(1).padStart(7);
const problems = [];

console.log('screen           script gz  script br     CSS gz');
for (const [name, keys] of Object.entries(routes)) {
    const chunks = closure([entry, ...keys]);
    const scripts = new Set([...chunks].map(key => manifest[key].file));
    const styles = new Set([...chunks].flatMap(key => manifest[key].css ?? []));
    const [script, css] = [sum(scripts, 'gz'), sum(styles, 'gz')];
    console.log(`${name.padEnd(16)} ${kb(script)}    ${kb(sum(scripts, 'br'))}    ${kb(css)}`);
    if (script > ROUTE_KB)
        problems.push(`${name}: ${script.toFixed(1)} kB of script, ${ROUTE_KB} are allowed`);
    if (css > CSS_KB) problems.push(`${name}: ${css.toFixed(1)} kB of CSS, ${CSS_KB} are allowed`);
    for (const late of LATE) if (chunks.has(late)) problems.push(`${name} loads ${late} at once`);
}

const first = closure([entry]);
let largest = ['none', 0];
for (const [key, { file }] of Object.entries(manifest)) {
    if (first.has(key) || !file.endsWith('.js')) continue;
    const gz = size(file).gz / 1000;
    if (gz > largest[1]) largest = [key, gz];
    if (gz > LAZY_KB) problems.push(`${key}: ${gz.toFixed(1)} kB, ${LAZY_KB} are allowed`);
}
console.log(`largest late chunk: ${largest[0]} ${largest[1].toFixed(1)} kB gz`);
for (const problem of problems) console.error(`over budget: ${problem}`);
const count = Object.keys(routes).length;
console.log(
    `${count - new Set(problems.map(p => p.split(':')[0])).size} passed, ${problems.length} failed`,
);
process.exit(problems.length > 0 ? 1 : 0);
