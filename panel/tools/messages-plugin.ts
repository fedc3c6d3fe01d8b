// Messages where they are used: `m.pages_title()` is written against one namespace, which a bundler can't
// split; here it becomes an import of that one message, so each screen carries its own words alone.
import type { Plugin } from 'vite';

const IMPORT = /import \{ m \} from '((?:\.\.\/)+paraglide)\/messages\.js';/;
/** What the compiled messages ask for servers and for its own editor; nothing here needs it. */
const CEREMONY = [
    /\tif \(experimentalMiddlewareLocaleSplitting[\s\S]*?\n\t\}\n/,
    /\ttrackMessageCall\(.*\)\n/,
    /experimentalStaticLocale \?\? /,
];

export function messages(): Plugin {
    return {
        name: 'messages',
        enforce: 'pre',
        apply: 'build',
        transform(code, id) {
            if (id.includes('/paraglide/messages/')) return { code: lean(code), map: null };
            const found = code.match(IMPORT);
            if (!found) return null;
            const keys = new Set([...code.matchAll(/\bm\.(\w+)/g)].map(([, key]) => key!));
            const imports = [...keys].map(
                key => `import { ${key} as m_${key} } from '${found[1]}/messages/${key}.js';`,
            );
            return {
                code: code.replace(IMPORT, imports.join(' ')).replace(/\bm\.(\w+)/g, 'm_$1'),
                map: null,
            };
        },
    };
}

function lean(code: string): string {
    return CEREMONY.reduce((text, part) => text.replace(part, ''), code);
}
