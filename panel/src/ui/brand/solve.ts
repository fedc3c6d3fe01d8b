import { contrast, fromHex, type Oklch, toHex } from './oklch';

/** One brand colour → the ten colours of a scheme, each contrast solved and not hoped for. */
export type Scheme = 'light' | 'dark';

export interface Accent {
    accent: string;
    'accent-hover': string;
    'on-accent': string;
    'accent-edge': string;
    'accent-text': string;
    'accent-graphic': string;
    'accent-soft': string;
    'accent-soft-hover': string;
    'accent-line': string;
    focus: string;
}

export const GROUNDS = {
    light: { surface: '#ffffff', canvas: '#f6f6f3', text: '#1d1c19' },
    dark: { surface: '#1c1c1a', canvas: '#141413', text: '#1d1c19' },
};
const WHITE = '#ffffff';
const CHROMA_MAX = 0.2;

export function solve(brand: string, scheme: Scheme): Accent {
    const base = fromHex(brand);
    base.c = Math.min(base.c, CHROMA_MAX);
    const { surface, canvas } = GROUNDS[scheme];
    const dark = scheme === 'dark';
    const soft = toHex({
        ...base,
        l: dark ? 0.285 : 0.955,
        c: Math.min(base.c * 0.32, dark ? 0.04 : 0.02),
    });
    const softHover = toHex({
        ...base,
        l: dark ? 0.325 : 0.93,
        c: Math.min(base.c * 0.4, dark ? 0.045 : 0.027),
    });
    const grounds = [surface, canvas, soft, softHover];
    const away: Direction = dark ? 'lighter' : 'darker';
    const { accent, on } = button(brand, base, scheme);
    const graphic = reach(base, away, hex => [surface, canvas].every(g => contrast(hex, g) >= 3.4));
    return {
        accent,
        'accent-hover': hover(accent, on),
        'on-accent': on,
        'accent-edge': contrast(accent, surface) < 3 ? graphic : accent,
        'accent-text': reach(base, away, hex => grounds.every(g => contrast(hex, g) >= 4.8)),
        'accent-graphic': graphic,
        'accent-soft': soft,
        'accent-soft-hover': softHover,
        'accent-line': toHex({ ...base, l: dark ? 0.42 : 0.86, c: Math.min(base.c * 0.6, 0.07) }),
        focus: graphic,
    };
}

/** The brand itself where text on it can be read; white text unless it is clearly worse. */
function button(brand: string, base: Oklch, scheme: Scheme): { accent: string; on: string } {
    const { surface, text } = GROUNDS[scheme];
    const stands = (hex: string) => scheme === 'light' || contrast(hex, surface) >= 3;
    const lifted = stands(brand) ? base : { ...base, l: fromHex(reach(base, 'lighter', stands)).l };
    const hex = toHex(lifted);
    const onWhite = contrast(hex, WHITE);
    if (onWhite >= 4.5) return { accent: hex, on: WHITE };
    if (onWhite < 3.8)
        return { accent: reach(lifted, 'lighter', c => contrast(c, text) >= 4.5), on: text };
    return { accent: reach(lifted, 'darker', c => contrast(c, WHITE) >= 4.5), on: WHITE };
}

function hover(accent: string, on: string): string {
    const colour = fromHex(accent);
    return toHex({ ...colour, l: colour.l + (on === WHITE ? -0.045 : 0.035) });
}

type Direction = 'lighter' | 'darker';

/** The nearest lightness in one direction at which the colour is good enough, found by bisection. */
function reach(from: Oklch, direction: Direction, good: (hex: string) => boolean): string {
    const start = toHex(from);
    if (good(start)) return start;
    let near = from.l;
    let far = direction === 'lighter' ? 1 : 0;
    for (let i = 0; i < 16; i++) {
        const l = (near + far) / 2;
        if (good(toHex({ ...from, l }))) far = l;
        else near = l;
    }
    return toHex({ ...from, l: far });
}

export function accentCss(brand: string): string {
    return (['light', 'dark'] as const)
        .map(scheme => {
            const rules = Object.entries(solve(brand, scheme)).map(
                ([name, hex]) => `--${name}:${hex}`,
            );
            return `:root[data-mantine-color-scheme='${scheme}']{${rules.join(';')}}`;
        })
        .join('');
}
