import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useOrg, useOrganization } from '../../api/queries';
import type { Dashboard as DashboardData, Organization, PageSummary } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { LinkButton } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { PageHead } from '../../ui/PageHead';
import { ProblemNote } from '../../ui/ProblemNote';
import { Skeleton } from '../../ui/Skeleton';
import { StatePill } from '../../ui/StatePill';
import { ago, count, moment } from '../../ui/time';
import { Checklist } from './Checklist';
import classes from './Dashboard.module.css';
import { NeedsYou } from './NeedsYou';
import { dashboardQuery } from './queries';
import { RenameDialog } from './RenameDialog';

/** Left what happened, right what needs you. */
export function Dashboard() {
    const org = useOrg();
    const organization = useOrganization(org);
    const { data, error, refetch, isFetching } = useQuery(dashboardQuery(org));
    return (
        <div className={classes.dashboard}>
            <PageHead
                title={m.dashboard_title()}
                sub={
                    organization ? (
                        <Live organization={organization} recent={data?.recent ?? []} />
                    ) : (
                        '\u00a0'
                    )
                }
                actions={
                    <>
                        {organization?.may.administer && <Rename org={org} />}
                        {organization?.may.edit && <NewPage org={org} />}
                    </>
                }
            />
            {error && !data ? (
                <ProblemNote
                    problem={error}
                    title={m.dashboard_failed()}
                    retry={() => refetch()}
                    retrying={isFetching}
                />
            ) : (
                <div className={classes.columns}>
                    <div className={classes.left}>
                        <Figures data={data} />
                        <Recent org={org} pages={data?.recent} />
                    </div>
                    <div className={classes.right}>
                        <NeedsYou organization={organization} />
                        {organization && organization.kind !== 'platform' && (
                            <Checklist
                                org={org}
                                items={data?.checklist}
                                recent={data?.recent ?? []}
                            />
                        )}
                    </div>
                </div>
            )}
            <RenameDialog org={org} />
        </div>
    );
}

function NewPage({ org }: { org: string }) {
    return (
        <LinkButton
            kind="primary"
            to="/o/$org/pages"
            params={{ org }}
            search={{ new: true }}
            icon={<IconPlus size={18} stroke={1.75} />}
        >
            {m.dashboard_new_page()}
        </LinkButton>
    );
}

function Rename({ org }: { org: string }) {
    return (
        <LinkButton
            to="/o/$org"
            params={{ org }}
            search={{ rename: true }}
            brief
            icon={<IconPencil size={18} stroke={1.75} />}
        >
            {m.dashboard_rename()}
        </LinkButton>
    );
}

function Live({ organization, recent }: { organization: Organization; recent: PageSummary[] }) {
    const host = organization.site_url.replace(/^https?:\/\//, '').replace(/\/$/, '');
    const last = recent
        .map(page => page.published_at)
        .filter(time => time !== null)
        .sort()
        .at(-1);
    return (
        <>
            <a href={organization.site_url} target="_blank" rel="noreferrer">
                <bdi dir="ltr">{host}</bdi>
            </a>{' '}
            {last ? m.dashboard_live_since({ ago: ago(last) }) : m.dashboard_live()}
        </>
    );
}

const FIGURES = [
    ['published', m.dashboard_published],
    ['draft', m.dashboard_drafts],
    ['scheduled', m.dashboard_scheduled],
] as const;

function Figures({ data }: { data: DashboardData | undefined }) {
    const org = useOrg();
    return (
        <Card
            title={m.dashboard_pages()}
            aside={
                <Link to="/o/$org/pages" params={{ org }}>
                    {m.dashboard_all_pages()}
                </Link>
            }
        >
            <ul className={classes.figures}>
                {FIGURES.map(([state, words]) => (
                    <li key={state}>
                        <Link
                            to="/o/$org/pages"
                            params={{ org }}
                            search={{ state }}
                            className={classes.figure}
                        >
                            <span className={classes.what}>{words()}</span>
                            <span className={`${classes.number} tabular`}>
                                {data ? count(data.pages[state]) : '–'}
                            </span>
                        </Link>
                    </li>
                ))}
            </ul>
        </Card>
    );
}

function Recent({ org, pages }: { org: string; pages: PageSummary[] | undefined }) {
    return (
        <Card title={m.dashboard_recent()} flush>
            {!pages && (
                <div className={classes.waiting}>
                    <Skeleton lines={5} height={44} />
                </div>
            )}
            {pages?.length === 0 && <p className={classes.none}>{m.dashboard_recent_none()}</p>}
            <ul>
                {pages?.map(page => (
                    <li key={`${page.id}/${page.language}`} className={classes.row}>
                        <Link
                            to="/o/$org/pages/$page/$language"
                            params={{ org, page: page.id, language: page.language }}
                            className={classes.page}
                        >
                            <span className={classes.name}>{page.title}</span>
                            <span className={classes.by} title={moment(page.updated_at)}>
                                {page.updated_by
                                    ? `${page.updated_by} · ${ago(page.updated_at)}`
                                    : ago(page.updated_at)}
                            </span>
                        </Link>
                        <StatePill state={page.state} />
                    </li>
                ))}
            </ul>
        </Card>
    );
}
