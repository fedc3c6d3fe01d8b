import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Dashboard, PageSummary } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { Card } from '../../ui/Card';
import classes from './Checklist.module.css';

type Item = Dashboard['checklist'][number];

const WORDS: Record<Item['key'], () => string> = {
    name_site: m.dashboard_step_name,
    edit_home: m.dashboard_step_home,
    verify_email: m.dashboard_step_verify,
    publish_page: m.dashboard_step_publish,
};

interface Props {
    org: string;
    items: Item[] | undefined;
    recent: PageSummary[];
}

/** The way to a finished site; goes away by itself when all is done. */
export function Checklist({ org, items, recent }: Props) {
    if (!items) return null;
    const done = items.filter(item => item.done).length;
    if (done === items.length) return null;
    const home = recent.find(page => page.template === 'home');
    return (
        <Card
            title={m.dashboard_setup()}
            aside={m.dashboard_setup_done({ done: String(done), all: String(items.length) })}
        >
            <div className={classes.content}>
                <progress
                    className={classes.bar}
                    value={done}
                    max={items.length}
                    aria-label={m.dashboard_setup()}
                />
                <ul>
                    {items.map(item => (
                        <li
                            key={item.key}
                            className={classes.item}
                            data-done={item.done || undefined}
                        >
                            {item.done ? (
                                <IconCircleCheckFilled size={18} aria-hidden />
                            ) : (
                                <IconCircle size={18} stroke={1.5} aria-hidden />
                            )}
                            <Target item={item} org={org} home={home}>
                                {WORDS[item.key]()}
                            </Target>
                            {item.done && (
                                <span className="only-read">{m.dashboard_step_done()}</span>
                            )}
                        </li>
                    ))}
                </ul>
            </div>
        </Card>
    );
}

interface TargetProps {
    item: Item;
    org: string;
    home: PageSummary | undefined;
    children: ReactNode;
}

function Target({ item, org, home, children }: TargetProps) {
    if (item.done) return <s>{children}</s>;
    if (item.key === 'verify_email') return <Link to="/verify">{children}</Link>;
    if (item.key === 'name_site')
        return (
            <Link to="/o/$org" params={{ org }} search={{ rename: true }}>
                {children}
            </Link>
        );
    if (home) {
        const params = { org, page: home.id, language: home.language };
        return (
            <Link to="/o/$org/pages/$page/$language" params={params}>
                {children}
            </Link>
        );
    }
    return (
        <Link to="/o/$org/pages" params={{ org }}>
            {children}
        </Link>
    );
}
