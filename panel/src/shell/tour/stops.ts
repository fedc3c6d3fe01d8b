import { m } from '../../paraglide/messages.js';
import type { Stop } from './tour';

/** What the tour shows: only what is on this screen, for this person. */
const ALL = [
    { name: 'pages', title: m.shell_pages, words: m.shell_tour_pages },
    { name: 'switcher', title: m.shell_organizations, words: m.shell_tour_switcher },
    { name: 'search', title: m.shell_tour_search_title, words: m.shell_tour_search },
    { name: 'site', title: m.shell_view_site, words: m.shell_tour_site },
    { name: 'account', title: m.shell_account, words: m.shell_tour_account },
];

export function stopsHere(): Stop[] {
    return ALL.flatMap(({ name, title, words }) => {
        const element = [...document.querySelectorAll<HTMLElement>(`[data-tour="${name}"]`)].find(
            candidate => candidate.getClientRects().length > 0,
        );
        return element ? [{ element, title: title(), words: words() }] : [];
    });
}
