import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { meQuery } from '../../api/queries';
import { keptIn, watchKept } from './editor/kept';

const NONE: ReadonlySet<string> = new Set();
// A tab beside this one keeps and saves with every word typed there: only what stays is worth a mark.
const QUIET_MS = 1000;

/** The pages of the list, by keyOf, whose changes by this person wait in this browser. */
export function useUnsaved(org: string): ReadonlySet<string> {
    const user = useQuery(meQuery).data?.user.id;
    const [unsaved, setUnsaved] = useState(NONE);
    useEffect(() => {
        if (!user) return setUnsaved(NONE);
        const look = () => setUnsaved(keptIn(user, org));
        let timer: ReturnType<typeof setTimeout>;
        look();
        const end = watchKept(() => {
            clearTimeout(timer);
            timer = setTimeout(look, QUIET_MS);
        });
        return () => {
            end();
            clearTimeout(timer);
        };
    }, [user, org]);
    return unsaved;
}
