// Leaves a .br and a .gz beside every text file of the build, for a server that sends files as they are.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(js|css|html|svg|json|txt)$/;

function files(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
        entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
    );
}

export function compress(): Plugin {
    let folder = '';
    return {
        name: 'compress',
        apply: 'build',
        configResolved(config) {
            folder = join(config.root, config.build.outDir);
        },
        closeBundle() {
            for (const file of files(folder).filter(name => TEXT.test(name))) {
                const bytes = readFileSync(file);
                const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
                writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
                writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
            }
        },
    };
}
