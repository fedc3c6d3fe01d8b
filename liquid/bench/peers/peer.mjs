// LiquidJS as a peer: see peer.rb for the protocol.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.LIQUID_PARTS, 'liquidjs', 'node_modules', 'x.js'));
const { Liquid } = require('liquidjs');
const [command, corpus, themes, last] = process.argv.slice(2);
const data = JSON.parse(readFileSync(join(corpus, 'data.json'), 'utf8'));
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) * 1000; };

for (const theme of themes.split(',')) {
    const folder = join(corpus, theme);
    const options = { root: folder, extname: '.liquid', cache: true, globals: data };
    const engine = new Liquid(options);
    const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const template = engine.parse(readFileSync(join(folder, 'main.liquid'), 'utf8'));
    if (command === 'output') {
        writeFileSync(last, engine.renderSync(template, data));
        continue;
    }
    const rounds = Number(last);
    for (let i = 0; i < 20; ++i) sources.forEach((source) => engine.parse(source));
    let start = cpu();
    for (let i = 0; i < rounds; ++i) sources.forEach((source) => engine.parse(source));
    const parse = Math.round((cpu() - start) / rounds);
    for (let i = 0; i < 50; ++i) engine.renderSync(template, data);
    start = cpu();
    for (let i = 0; i < rounds; ++i) engine.renderSync(template, data);
    console.log(theme, parse, Math.round((cpu() - start) / rounds));
}
