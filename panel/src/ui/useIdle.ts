import { useEffect, useRef } from 'react';

const SETTLED_MS = 1500;

/** Once, soon after the screen is there, when nothing else happens. */
export function useIdle(act: () => void) {
    const latest = useRef(act);
    latest.current = act;
    useEffect(() => {
        const run = () => latest.current();
        const timer = setTimeout(() => {
            if ('requestIdleCallback' in window) requestIdleCallback(run);
            else run();
        }, SETTLED_MS);
        return () => clearTimeout(timer);
    }, []);
}
