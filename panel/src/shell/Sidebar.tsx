import { IconBuilding, IconFileText, IconHome2, IconWorld } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { organizationQuery, reachesMany, useMe } from '../api/queries';
import { m } from '../paraglide/messages.js';
import classes from './Sidebar.module.css';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** Only what is there in this organization, for this role. */
export function Sidebar({ org }: { org: string }) {
    return (
        <nav aria-label={m.shell_navigation()} className={classes.nav}>
            {org ? <OfOrganization org={org} /> : <OfAll />}
        </nav>
    );
}

function OfOrganization({ org }: { org: string }) {
    const { data } = useQuery(organizationQuery(org));
    const params = { org };
    return (
        <>
            <ul className={classes.group}>
                <Item to="/o/$org" params={params} exact icon={<IconHome2 {...icon} />} tour="home">
                    {m.shell_home()}
                </Item>
            </ul>
            <Group title={m.shell_content()}>
                <Item
                    to="/o/$org/pages"
                    params={params}
                    icon={<IconFileText {...icon} />}
                    tour="pages"
                >
                    {m.shell_pages()}
                </Item>
            </Group>
            {data?.data.site_url && (
                <Group title={m.shell_site()}>
                    <li>
                        <a
                            className={classes.item}
                            href={data.data.site_url}
                            target="_blank"
                            rel="noreferrer"
                        >
                            <IconWorld {...icon} />
                            <span className={classes.text}>{m.shell_view_site()}</span>
                        </a>
                    </li>
                </Group>
            )}
        </>
    );
}

function OfAll() {
    const me = useMe();
    return (
        <Group title={me.user.role === 'superadmin' ? m.shell_platform() : m.shell_reach()}>
            {reachesMany(me) && (
                <Item to="/organizations" icon={<IconBuilding {...icon} />}>
                    {m.shell_organizations()}
                </Item>
            )}
        </Group>
    );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
    return (
        <div>
            <p className={classes.title}>{title}</p>
            <ul className={classes.group}>{children}</ul>
        </div>
    );
}

type ItemProps = LinkProps & {
    icon: ReactNode;
    children: ReactNode;
    exact?: boolean;
    tour?: string;
};

function Item({ icon: picture, children, exact, tour, ...link }: ItemProps) {
    return (
        <li>
            <Link
                {...link}
                className={classes.item}
                activeOptions={{ exact: exact ?? false, includeSearch: false }}
                activeProps={{ 'aria-current': 'page' }}
                data-tour={tour}
            >
                {picture}
                <span className={classes.text}>{children}</span>
            </Link>
        </li>
    );
}
