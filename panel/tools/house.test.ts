// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(
        name =>
            /\.(tsx?|css)$/.test(name) &&
            !name.startsWith('paraglide') &&
            !name.endsWith('generated.ts'),
    )
    .map(name => ({ name, text: readFileSync(join(root, 'src', name), 'utf8') }));

const imports = ({ name, text }: { name: string; text: string }) =>
    [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) =>
        relative(join(root, 'src'), join(root, 'src', dirname(name), path!)),
    );
const room = (path: string) =>
    path
        .split('/')
        .slice(0, path.startsWith('features/') ? 2 : 1)
        .join('/');

/** Who may know whom. */
function allowed(from: string, to: string): boolean {
    if (from === to || to === 'paraglide') return true;
    if (from.startsWith('features/')) return to === 'ui' || to === 'api';
    if (from === 'shell') return true;
    if (from === 'api') return to === 'ui';
    if (from === 'ui') return false;
    return true;
}

describe('the house', () => {
    it('has no arrow that points the wrong way', () => {
        const wrong = sources.flatMap(source =>
            (source.name.includes('.test.') ? [] : imports(source))
                .filter(target => !allowed(room(source.name), room(target)))
                .map(target => `${source.name} → ${target}`),
        );
        expect(wrong).toEqual([]);
    });

    it('has no file above 300 lines', () => {
        const long = sources.filter(
            ({ name, text }) => !name.endsWith('.css') && text.split('\n').length > 300,
        );
        expect(long.map(({ name }) => name)).toEqual([]);
    });

    it('names colours in the tokens only', () => {
        const places = /^ui\/(styles|brand)\/|Tile\.module\.css|theme\.ts/;
        const stray = sources
            .filter(({ name }) => name.endsWith('.css') && !places.test(name))
            .flatMap(({ name, text }) =>
                (text.match(/#[0-9a-f]{3,8}\b/gi) ?? []).map(hex => `${name}: ${hex}`),
            );
        expect(stray).toEqual([]);
    });

    it('writes no style attribute and no style element', () => {
        const styled = sources.filter(
            ({ name, text }) => name.endsWith('.tsx') && /\sstyle=\{|<style/.test(text),
        );
        expect(styled.map(({ name }) => name)).toEqual([]);
    });

    it('names nobody: white label is data', () => {
        const named = sources.filter(({ text }) =>
            /luster(?!: 'preview'| !== 'preview'|\?\.|\.dev)/i.test(
                text.replaceAll('data?.luster', ''),
            ),
        );
        expect(named.map(({ name }) => name)).toEqual([]);
    });

    it('has a lock without addresses', () => {
        expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
    });
});
