import { useIdle } from '../ui/useIdle';

/** What opens over any screen, and the screens that an open editor leads to. */
const PARTS = [
    () => import('./Palette'),
    () => import('../ui/MenuBox'),
    () => import('../ui/PopoverBox'),
    () => import('../ui/DialogBox'),
    () => import('./KeyHelp'),
    () => import('./SideDrawer'),
    () => import('../features/pages/PagesList'),
];

/** What is not in the first load is fetched when nothing else happens, so that it opens at once. */
export function useWarm() {
    useIdle(() => {
        for (const part of PARTS) void part().catch(() => undefined);
    });
}
