import type { Me } from '../api/types';

const KEY = 'panel.organization';

/** Where one works when the address names no organization (profile, all organizations). */
export function lastOrganization(me: Me): string {
    const stored = sessionStorage.getItem(KEY);
    return stored ?? me.organization ?? me.organizations[0]?.slug ?? '';
}

export function rememberOrganization(org: string) {
    sessionStorage.setItem(KEY, org);
}
