/** Colours as lightness, chroma and hue (Björn Ottosson's OKLab), and WCAG contrast. No library. */
export interface Oklch {
    l: number;
    c: number;
    h: number;
}
type Triple = [number, number, number];

const toLinear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const toGamma = (v: number) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

function channels(hex: string): Triple {
    const value = Number.parseInt(hex.slice(1), 16);
    return [(value >> 16) & 255, (value >> 8) & 255, value & 255].map(v => v / 255) as Triple;
}

export function fromHex(hex: string): Oklch {
    const [r, g, b] = channels(hex).map(toLinear) as Triple;
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
    const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
    return {
        l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
        c: Math.hypot(a, bb),
        h: Math.atan2(bb, a),
    };
}

function toLinearRgb({ l, c, h }: Oklch): Triple {
    const a = c * Math.cos(h);
    const b = c * Math.sin(h);
    const l3 = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
    const m3 = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
    const s3 = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
    return [
        4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
        -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
        -0.0041960863 * l3 - 0.7034186147 * m3 + 1.707614701 * s3,
    ];
}

const inGamut = (rgb: Triple) => rgb.every(v => v >= -0.0005 && v <= 1.0005);

/** The nearest colour that a screen can show: the same lightness and hue with less chroma. */
export function toHex(colour: Oklch): string {
    let rgb = toLinearRgb(colour);
    if (!inGamut(rgb)) {
        let low = 0;
        let high = colour.c;
        for (let i = 0; i < 14; i++) {
            const c = (low + high) / 2;
            if (inGamut(toLinearRgb({ ...colour, c }))) low = c;
            else high = c;
        }
        rgb = toLinearRgb({ ...colour, c: low });
    }
    const bytes = rgb.map(v => Math.round(255 * Math.min(1, Math.max(0, toGamma(Math.max(0, v))))));
    return `#${bytes.map(v => v.toString(16).padStart(2, '0')).join('')}`;
}

function luminance(hex: string): number {
    const [r, g, b] = channels(hex).map(toLinear) as Triple;
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: string, other: string): number {
    const [a, b] = [luminance(one), luminance(other)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
