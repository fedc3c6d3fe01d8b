import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useOrg } from '../../api/queries';
import type { PageSummary } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { StatePill } from '../../ui/StatePill';
import { ago, moment } from '../../ui/time';
import { GoesForGood } from './GoesForGood';
import { GoesOut } from './GoesOut';
import classes from './PagesTable.module.css';

interface Props {
    page: PageSummary;
    index: number;
    top: number;
    /** Changes by this person wait in this browser. */
    unsaved: boolean;
    selected: boolean;
    active: boolean;
    selectable: boolean;
    onToggle: (key: string) => void;
    onActive: (index: number) => void;
    onMenu: (page: PageSummary, anchor: HTMLElement) => void;
}

export const PageRow = memo(Row, (a, b) => {
    const keys = ['page', 'index', 'top', 'unsaved', 'selected', 'active', 'selectable'] as const;
    return keys.every(key => a[key] === b[key]) && a.onToggle === b.onToggle;
});

function Row({
    page,
    index,
    top,
    unsaved,
    selected,
    active,
    selectable,
    onToggle,
    onActive,
    onMenu,
}: Props) {
    const org = useOrg();
    const binned = page.state === 'binned'; // nothing to open until it is back
    return (
        <div
            role="row"
            aria-rowindex={index + 2}
            data-row={index}
            data-selected={selected || undefined}
            data-active={active || undefined}
            className={classes.row}
            ref={el => el?.style.setProperty('transform', `translateY(${top}px)`)}
        >
            {selectable && (
                <span role="cell" className={classes.check}>
                    <input
                        type="checkbox"
                        className={classes.box}
                        checked={selected}
                        aria-label={m.pages_select({ title: page.title })}
                        onChange={() => onToggle(`${page.id}/${page.language}`)}
                    />
                </span>
            )}
            <span role="cell" className={classes.title}>
                {binned ? (
                    <span className={classes.name}>{page.title}</span>
                ) : (
                    <Link
                        to="/o/$org/pages/$page/$language"
                        params={{ org, page: page.id, language: page.language }}
                        className={classes.link}
                        onFocus={() => onActive(index)}
                    >
                        {page.title}
                    </Link>
                )}
                <bdi dir="ltr" className={classes.path}>
                    {page.path}
                </bdi>
                {unsaved && (
                    <span className={classes.unsaved} title={m.pages_unsaved_help()}>
                        {m.pages_unsaved()}
                    </span>
                )}
            </span>
            <span role="cell" className={classes.language}>
                {page.language}
            </span>
            <span role="cell" className={classes.state}>
                {page.binned_until ? (
                    <GoesForGood at={page.binned_until} />
                ) : (
                    <StatePill state={page.state} />
                )}
                {page.publish_at && !binned && <GoesOut at={page.publish_at} />}
            </span>
            <span role="cell" className={classes.by}>
                {page.updated_by}
            </span>
            <span
                role="cell"
                className={`${classes.edited} tabular`}
                title={moment(page.updated_at)}
            >
                {ago(page.updated_at)}
            </span>
            <span role="cell" className={classes.menu}>
                {(!binned || selectable) && (
                    <button
                        type="button"
                        className="ui-icon-button"
                        data-small
                        aria-haspopup="menu"
                        aria-label={m.pages_actions_for({ title: page.title })}
                        onClick={event => onMenu(page, event.currentTarget)}
                    >
                        <IconDots size={18} stroke={1.75} aria-hidden />
                    </button>
                )}
            </span>
        </div>
    );
}
