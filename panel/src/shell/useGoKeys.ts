import { useNavigate } from '@tanstack/react-router';
import { useMe, useOrg } from '../api/queries';
import { useKeys } from '../ui/keys';
import { lastOrganization } from './last';

/** `g h`, `g p`, `c`: from wherever one is. */
export function useGoKeys() {
    const navigate = useNavigate();
    const here = useOrg();
    const me = useMe();
    const org = here || lastOrganization(me);
    const goes = {
        'g h': () => navigate({ to: '/o/$org', params: { org } }),
        'g p': () => navigate({ to: '/o/$org/pages', params: { org } }),
        c: () => navigate({ to: '/o/$org/pages', params: { org }, search: { new: true } }),
    };
    useKeys(goes, Boolean(org));
}
