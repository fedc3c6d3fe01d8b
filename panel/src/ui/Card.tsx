import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './Card.module.css';

interface Props {
    title?: string;
    aside?: ReactNode;
    children: ReactNode;
    flush?: boolean;
    footer?: ReactNode;
}

export function Card({ title, aside, children, flush, footer }: Props) {
    const id = useId();
    return (
        <section className={classes.card} aria-labelledby={title ? id : undefined}>
            {title && (
                <header className={classes.head}>
                    <h2 id={id} className={classes.title}>
                        {title}
                    </h2>
                    {aside && <div className={classes.aside}>{aside}</div>}
                </header>
            )}
            <div className={flush ? classes.flush : classes.body}>{children}</div>
            {footer && <footer className={classes.footer}>{footer}</footer>}
        </section>
    );
}
