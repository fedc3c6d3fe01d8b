import { useEffect } from 'react';

const PARTS = [
    () => import('./Palette'),
    () => import('../ui/MenuBox'),
    () => import('../ui/PopoverBox'),
    () => import('../ui/DialogBox'),
];

/** What is not in the first load is fetched when nothing else happens, so that it opens at once. */
export function useWarm() {
    useEffect(() => {
        const warm = () => {
            for (const part of PARTS) void part().catch(() => undefined);
        };
        const timer = setTimeout(() => {
            if ('requestIdleCallback' in window) requestIdleCallback(warm);
            else warm();
        }, 1500);
        return () => clearTimeout(timer);
    }, []);
}
