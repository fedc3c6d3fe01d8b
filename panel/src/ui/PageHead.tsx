import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import classes from './PageHead.module.css';

/** The screen's one h1. Focus comes here after a change of route, and the tab is named after it. */
export function PageHead({
    title,
    sub,
    actions,
}: {
    title: string;
    sub?: ReactNode;
    actions?: ReactNode;
}) {
    const heading = useScreenTitle(title);
    return (
        <header className={classes.head}>
            <div className={classes.words}>
                <h1 ref={heading} tabIndex={-1} className={classes.title}>
                    {title}
                </h1>
                {sub && <p className={classes.sub}>{sub}</p>}
            </div>
            {actions && <div className={classes.actions}>{actions}</div>}
        </header>
    );
}

let appName = '';
let screen = '';
let arrived = false;

/** White label: the tab ends with the platform's name as data. */
export function nameApp(name: string) {
    appName = name;
    write();
}

function write() {
    document.title = [screen, appName].filter(Boolean).join(' · ') || 'Admin';
}

export function useScreenTitle(title: string) {
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        screen = title;
        write();
    }, [title]);
    useEffect(() => {
        // The first screen of a visit leaves the focus at the top, so that the skip link comes first.
        const busy = document.activeElement instanceof HTMLInputElement;
        if (arrived && !busy) heading.current?.focus({ preventScroll: true });
        arrived = true;
    }, []);
    return heading;
}
