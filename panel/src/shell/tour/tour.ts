import introJs from 'intro.js';
import 'intro.js/introjs.css';
import { m } from '../../paraglide/messages.js';
import './tour.css';

/**
 * Intro.js, made usable for everyone: its card becomes a named modal dialog whose parts have names, the
 * rest of the screen rests, Tab stays inside, and the focus goes back to where it came from.
 */
export interface Stop {
    element: HTMLElement;
    title: string;
    words: string;
}

/** Over a dialog it doesn't begin; one that opens puts it off, and `onEnd` is not called. */
export function startTour(stops: Stop[], onEnd: () => void) {
    const root = document.getElementById('root')!;
    if (root.inert || dialog()) return;
    const before = document.activeElement as HTMLElement | null;
    const tour = introJs.tour().setOptions({
        steps: stops.map(({ element, title, words }) => ({ element, title, intro: words })),
        prevLabel: m.shell_tour_back(),
        nextLabel: m.shell_tour_next(),
        doneLabel: m.shell_tour_done(),
        hidePrev: true,
        showBullets: false,
        exitOnOverlayClick: false,
        exitOnEsc: true,
        scrollToElement: false,
        disableInteraction: true,
        tooltipRenderAsHtml: false,
        helperElementPadding: 6,
    });
    const observer = new MutationObserver(() => {
        if (!dialog()) return improve();
        observer.disconnect();
        void tour.exit(true);
    });
    const end = () => {
        observer.disconnect();
        document.removeEventListener('keydown', keepInside, true);
        root.inert = false;
        if (dialog()) return;
        before?.focus();
        onEnd();
    };
    tour.onExit(end);
    root.inert = true;
    document.addEventListener('keydown', keepInside, true);
    observer.observe(document.body, { childList: true, subtree: true });
    void tour.start().then(improve);
}

const card = () => document.querySelector<HTMLElement>('.introjs-tooltip');

/** One that is not the tour's own card. */
const dialog = () => document.querySelector('[aria-modal="true"]:not(.introjs-tooltip)');

function improve() {
    const dialog = card();
    if (!dialog) return;
    const title = dialog.querySelector('.introjs-tooltip-title');
    const words = dialog.querySelector('.introjs-tooltiptext');
    title?.setAttribute('id', 'tour-title');
    words?.setAttribute('id', 'tour-words');
    dialog.setAttribute('role', 'dialog');
    dialog.setAttribute('aria-modal', 'true');
    dialog.setAttribute('aria-labelledby', 'tour-title');
    dialog.setAttribute('aria-describedby', 'tour-words');
    dialog.querySelector('.introjs-skipbutton')?.setAttribute('aria-label', m.shell_tour_close());
    if (!dialog.contains(document.activeElement)) {
        dialog.querySelector<HTMLElement>('.introjs-nextbutton')?.focus();
    }
}

function keepInside(event: KeyboardEvent) {
    if (event.key !== 'Tab') return;
    const dialog = card();
    if (!dialog) return;
    const all = [...dialog.querySelectorAll<HTMLElement>('a[role=button], button, input')];
    const stops = all.filter(element => element.getClientRects().length > 0);
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const step = event.shiftKey ? -1 : 1;
    event.preventDefault();
    event.stopPropagation();
    stops[(at + step + stops.length) % stops.length]?.focus();
}
