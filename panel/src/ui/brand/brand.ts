import { accentCss } from './solve';

/** Puts the brand's colours on the page in one frame, and keeps them for the next load's first paint. */
declare global {
    interface Window {
        /** Made by boot.js when it knew the colours of the last visit. */
        brandSheet?: CSSStyleSheet;
    }
}

const KEY = 'panel.brand';
let current = '';

export function applyBrand(accent: string) {
    if (accent === current || !/^#[0-9a-f]{6}$/i.test(accent)) return;
    current = accent;
    const css = accentCss(accent);
    sheet().replaceSync(css);
    try {
        localStorage.setItem(KEY, css);
    } catch {
        // A full or forbidden store only costs the early paint.
    }
}

function sheet(): CSSStyleSheet {
    if (!window.brandSheet) {
        window.brandSheet = new CSSStyleSheet();
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, window.brandSheet];
    }
    return window.brandSheet;
}
