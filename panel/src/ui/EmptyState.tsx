import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

interface Props {
    icon: ReactNode;
    title: string;
    children?: ReactNode;
    action?: ReactNode;
}

/** One line what this is, one action. */
export function EmptyState({ icon, title, children, action }: Props) {
    return (
        <div className={classes.empty}>
            <div className={classes.icon} aria-hidden>
                {icon}
            </div>
            <h2 className={classes.title}>{title}</h2>
            {children && <p className={classes.words}>{children}</p>}
            {action && <div className={classes.action}>{action}</div>}
        </div>
    );
}
