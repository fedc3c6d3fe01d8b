// Writes the list of message catalogues into project.inlang and compiles them into src/paraglide.
// The list is written out, never a pattern: a pattern that matches nothing is silent there.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export function catalogueFolders() {
    const features = readdirSync(join(root, 'src/features')).map(name => `src/features/${name}`);
    return ['src/ui', 'src/shell', ...features.sort()].filter(folder =>
        existsSync(join(root, folder, 'messages/en.json')),
    );
}

export function settings() {
    return {
        baseLocale: 'en',
        locales: ['en', 'de'],
        telemetry: 'off',
        modules: ['./node_modules/@inlang/plugin-message-format/dist/index.js'],
        'plugin.inlang.messageFormat': {
            pathPattern: catalogueFolders().map(folder => `./${folder}/messages/{locale}.json`),
        },
    };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    mkdirSync(join(root, 'project.inlang'), { recursive: true });
    const file = join(root, 'project.inlang/settings.json');
    writeFileSync(file, `${JSON.stringify(settings(), null, 4)}\n`);
    await compile({
        project: join(root, 'project.inlang'),
        outdir: join(root, 'src/paraglide'),
        strategy: ['globalVariable', 'baseLocale'],
        outputStructure: 'message-modules',
        emitGitIgnore: false,
        emitPrettierIgnore: false,
    });
    process.exit(0);
}
