import { describe, expect, it } from 'vitest';
import type { SectionType } from '../../../api/types';
import * as d from './draft';
import { changed, historyOf, redone, takenBack, undone } from './history';

const draft: d.Draft = {
    title: 'Prices',
    slug: 'prices',
    seo: { title: null, description: null, noindex: false },
    sections: {
        sections: {
            a: {
                type: 'hero',
                settings: { heading: 'A' },
                blocks: {
                    x: { type: 'button', settings: {} },
                    y: { type: 'button', settings: {} },
                },
                block_order: ['x', 'y'],
            },
            b: { type: 'text', settings: {} },
        },
        order: ['a', 'b'],
    },
};
const type: SectionType = {
    type: 'quote',
    name: 'Quote',
    settings: [
        { type: 'text', id: 'quote', label: 'Quote', default: 'Well.' },
        { type: 'richtext', id: 'words', label: 'Words', default: '<p>Write.</p>' },
        { type: 'header', label: 'Look' },
    ],
    blocks: [
        {
            type: 'star',
            name: 'Star',
            settings: [{ type: 'range', id: 'n', label: 'N', default: 5 }],
        },
    ],
    max_blocks: 3,
    presets: [
        { name: 'Quote', settings: { by: 'Mina' }, blocks: [{ type: 'star', settings: {} }] },
    ],
};

describe('a draft', () => {
    it('sends only what changed', () => {
        expect(d.patchOf({ ...draft, title: 'Prices 2027' }, draft)).toEqual({
            title: 'Prices 2027',
        });
        expect(d.patchOf(structuredClone(draft), draft)).toBeNull();
    });

    it('does not take another order of names for a change', () => {
        const { sections, order } = draft.sections;
        const turned = { order, sections: { b: { settings: {}, type: 'text' }, a: sections.a! } };
        expect(d.patchOf({ ...draft, sections: turned }, draft)).toBeNull();
    });

    it('changes one setting and nothing else', () => {
        const next = d.setSetting(draft, { kind: 'section', section: 'a' }, 'heading', 'B');
        expect(next.sections.sections.a?.settings.heading).toBe('B');
        expect(next.sections.sections.b).toBe(draft.sections.sections.b);
        expect(draft.sections.sections.a?.settings.heading).toBe('A');
    });

    it('changes a block', () => {
        const next = d.setSetting(
            draft,
            { kind: 'block', section: 'a', block: 'x' },
            'label',
            'Go',
        );
        expect(next.sections.sections.a?.blocks?.x?.settings).toEqual({ label: 'Go' });
    });

    it('adds a section with its defaults and its preset', () => {
        const [next, id] = d.addSection(draft, type);
        const section = next.sections.sections[id]!;
        expect(next.sections.order.at(-1)).toBe(id);
        expect(section.settings).toEqual({ quote: 'Well.', by: 'Mina' });
        expect(section.blocks?.[section.block_order![0]!]?.settings).toEqual({ n: 5 });
    });

    it('moves, and stops at the ends', () => {
        expect(d.moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
        expect(d.moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b']);
        expect(
            d.move(draft, { kind: 'block', section: 'a', block: 'x' }, 1).sections.sections.a
                ?.block_order,
        ).toEqual(['y', 'x']);
    });

    it('puts back what was removed, and keeps what was changed since', () => {
        const section = { kind: 'section', section: 'a' } as const;
        const since = d.setSetting(
            d.remove(draft, section),
            { kind: 'section', section: 'b' },
            'heading',
            'Since',
        );
        const back = d.putBack(since, draft, section);
        expect(back.sections.order).toEqual(draft.sections.order);
        expect(back.sections.sections.a).toBe(draft.sections.sections.a);
        expect(back.sections.sections.b?.settings.heading).toBe('Since');
        expect(d.putBack(back, draft, section)).toBe(back);
        const block = { kind: 'block', section: 'a', block: 'x' } as const;
        expect(d.putBack(d.remove(draft, block), draft, block)).toEqual(draft);
        expect(d.putBack(d.remove(draft, section), draft, block)).toEqual(d.remove(draft, section));
    });

    it('removes a section and a block with their places', () => {
        const less = d.remove(draft, { kind: 'section', section: 'a' });
        expect(less.sections).toEqual({ sections: { b: draft.sections.sections.b }, order: ['b'] });
        const fewer = d.remove(draft, { kind: 'block', section: 'a', block: 'x' });
        expect(fewer.sections.sections.a?.block_order).toEqual(['y']);
    });

    it('copies a section to the place below', () => {
        const [next, id] = d.duplicate(draft, 'a');
        expect(next.sections.order).toEqual(['a', id, 'b']);
        expect(next.sections.sections[id]).toEqual(draft.sections.sections.a);
    });
});

describe('the history', () => {
    const title = (text: string) => ({ ...draft, title: text });

    it('goes back and forth', () => {
        const one = changed(historyOf(draft), title('1'), '', 0);
        const two = changed(one, title('2'), '', 5000);
        expect(undone(two).now.title).toBe('1');
        expect(redone(undone(two)).now.title).toBe('2');
        expect(undone(undone(undone(two))).now.title).toBe('Prices');
    });

    it('takes a removal back as a step, or beside what was changed since', () => {
        const hero = { kind: 'section', section: 'a' } as const;
        const removed = changed(historyOf(draft), d.remove(draft, hero), '', 0);
        const back = (now: d.Draft) => d.putBack(now, draft, hero);
        const step = takenBack(removed, draft, back, 1);
        expect(step.now).toBe(draft);
        expect(redone(step).now).toBe(removed.now);

        const since = changed(removed, { ...removed.now, title: 'Since' }, '', 2);
        const beside = takenBack(since, draft, back, 3);
        expect(beside.now.title).toBe('Since');
        expect(d.holds(beside.now, hero)).toBe(true);
        expect(undone(beside).now).toBe(since.now);
    });

    it('takes fast typing in one field for one step', () => {
        let history = historyOf(draft);
        for (let i = 0; i < 5; i++) history = changed(history, title(`P${i}`), 'title', 100 * i);
        expect(history.past).toHaveLength(1);
    });

    it('begins a step every few seconds, also without a pause', () => {
        let history = historyOf(draft);
        for (let i = 1; i <= 110; i++) {
            history = changed(history, title('x'.repeat(i)), 'title', 1000 + 100 * i);
        }
        expect(undone(history).now.title.length).toBeGreaterThanOrEqual(110 - 20);
        expect(undone(undone(history)).now.title.length).toBeLessThan(110 - 20);
        expect(history.past.length).toBeLessThan(10);
    });

    it('keeps a hundred steps', () => {
        let history = historyOf(draft);
        for (let i = 0; i < 150; i++) history = changed(history, title(`P${i}`), '', i);
        expect(history.past).toHaveLength(100);
    });
});
