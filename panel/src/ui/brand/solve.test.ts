import { describe, expect, it } from 'vitest';
import { contrast, fromHex, toHex } from './oklch';
import { type Accent, accentCss, GROUNDS, type Scheme, solve } from './solve';

const STEPS = Array.from({ length: 18 }, (_, i) => i * 15);
const byte = (v: number) => v.toString(16).padStart(2, '0');
const hexes = STEPS.flatMap(r =>
    STEPS.flatMap(g => STEPS.map(b => `#${byte(r)}${byte(g)}${byte(b)}`)),
);

function leasts(scheme: Scheme) {
    const { surface, canvas } = GROUNDS[scheme];
    const least = { on: 99, hover: 99, text: 99, graphic: 99, edge: 99 };
    for (const hex of hexes) {
        const a: Accent = solve(hex, scheme);
        const text = Math.min(
            ...[surface, canvas, a['accent-soft']].map(g => contrast(a['accent-text'], g)),
        );
        const graphic = Math.min(...[surface, canvas].map(g => contrast(a['accent-graphic'], g)));
        least.on = Math.min(least.on, contrast(a.accent, a['on-accent']));
        least.hover = Math.min(least.hover, contrast(a['accent-hover'], a['on-accent']));
        least.text = Math.min(least.text, text);
        least.graphic = Math.min(least.graphic, graphic);
        least.edge = Math.min(least.edge, contrast(a['accent-edge'], surface));
    }
    return least;
}

describe('the brand solver', () => {
    it('looks at 5,832 colours', () => expect(hexes.length).toBe(5832));

    for (const scheme of ['light', 'dark'] as const) {
        it(`keeps every colour legible in ${scheme}`, () => {
            const least = leasts(scheme);
            expect(least.on).toBeGreaterThanOrEqual(4.5);
            expect(least.hover).toBeGreaterThanOrEqual(4.5);
            expect(least.text).toBeGreaterThanOrEqual(4.8);
            expect(least.graphic).toBeGreaterThanOrEqual(3.4);
            expect(least.edge).toBeGreaterThanOrEqual(3);
        }, 60_000);
    }

    it('keeps a brand that is legible as it is', () => {
        expect(solve('#2f5d50', 'light').accent).toBe('#2f5d50');
        expect(solve('#2f5d50', 'light')['on-accent']).toBe('#ffffff');
    });

    it('gives a yellow dark text and an edge', () => {
        const yellow = solve('#facc15', 'light');
        expect(yellow['on-accent']).toBe('#1d1c19');
        expect(yellow['accent-edge']).not.toBe(yellow.accent);
    });

    it('goes to OKLCH and back', () => {
        for (const hex of ['#2f5d50', '#ffffff', '#000000', '#b3261e']) {
            expect(toHex(fromHex(hex))).toBe(hex);
        }
    });

    it('writes ten variables a scheme', () => {
        expect(accentCss('#2f5d50').match(/--[a-z-]+:#[0-9a-f]{6}/g)).toHaveLength(20);
    });
});
