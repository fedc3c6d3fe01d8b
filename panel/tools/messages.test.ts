// @vitest-environment node
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as compiled from '../src/paraglide/messages/_index.js';
// @ts-expect-error a plain script
import { catalogueFolders, settings } from './messages.mjs';

type Message =
    | string
    | { declarations: string[]; selectors: string[]; match: Record<string, string> }[];
type Catalogue = Record<string, Message>;

const root = join(import.meta.dirname, '..');
const folders: string[] = catalogueFolders();
const read = (folder: string, locale: string): Catalogue =>
    JSON.parse(readFileSync(join(root, folder, `messages/${locale}.json`), 'utf8'));

const texts = (message: Message) =>
    typeof message === 'string' ? [message] : message.flatMap(part => Object.values(part.match));
const placeholders = (message: Message) =>
    [...new Set(texts(message).flatMap(text => text.match(/\{\w+\}/g) ?? []))].sort();

describe('messages', () => {
    it('come from every folder that has some, by a written list', () => {
        const having = readdirSync(join(root, 'src/features'))
            .map(name => `src/features/${name}`)
            .concat('src/ui', 'src/shell')
            .filter(folder => existsSync(join(root, folder, 'messages')));
        expect([...folders].sort()).toEqual(having.sort());
        const written = JSON.parse(
            readFileSync(join(root, 'project.inlang/settings.json'), 'utf8'),
        );
        expect(written).toEqual(settings());
        expect(JSON.stringify(written)).not.toContain('*');
        expect(written.telemetry).toBe('off');
        expect(written.modules.every((path: string) => path.startsWith('./node_modules/'))).toBe(
            true,
        );
    });

    for (const folder of folders) {
        const en = read(folder, 'en');
        const de = read(folder, 'de');

        it(`${folder}: both languages have the same keys, each with the folder's name first`, () => {
            expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
            const prefix = `${folder.split('/').at(-1)}_`;
            expect(Object.keys(en).filter(key => !key.startsWith(prefix))).toEqual([]);
        });

        it(`${folder}: both languages have the same placeholders`, () => {
            for (const key of Object.keys(en)) {
                expect([key, placeholders(de[key]!)]).toEqual([key, placeholders(en[key]!)]);
            }
        });

        it(`${folder}: nothing is empty, shouts, or says please`, () => {
            for (const message of [...Object.values(en), ...Object.values(de)]) {
                for (const text of texts(message)) {
                    expect(text.trim()).not.toBe('');
                    expect(text).not.toMatch(
                        /!|\bplease\b|\bsuccessfully\b|\bbitte\b|\berfolgreich\b/i,
                    );
                }
            }
        });
    }

    it('are compiled whole: the functions are exactly the union of the keys', () => {
        const keys = folders.flatMap(folder => Object.keys(read(folder, 'en')));
        expect(new Set(keys).size).toBe(keys.length);
        expect(Object.keys(compiled).sort()).toEqual(keys.sort());
    });

    it('are all used', () => {
        const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
            .filter(name => /\.tsx?$/.test(name) && !name.startsWith('paraglide'))
            .map(name => readFileSync(join(root, 'src', name), 'utf8'))
            .join('\n');
        const keys = folders.flatMap(folder => Object.keys(read(folder, 'en')));
        expect(keys.filter(key => !sources.includes(`m.${key}`))).toEqual([]);
    });
});
