import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Problem } from '../api/problems';
import { organizationQuery, useMe, useOrg } from '../api/queries';
import { m } from '../paraglide/messages.js';
import { Floating } from '../ui/PartPlace';
import { Part } from '../ui/part';
import { BrokenWords, NotFoundWords } from './Broken';
import { Header } from './Header';
import { lastOrganization, rememberOrganization } from './last';
import classes from './Shell.module.css';
import { Sidebar } from './Sidebar';
import { useTour } from './useTour';

const DRAWER = new Part(() => import('./SideDrawer').then(drawer => drawer.SideDrawer));

/** Header, sidebar, and a main that scrolls; the body never does. */
export function Shell() {
    const org = useOrg();
    const me = useMe();
    const everywhere = useRouterState({
        select: state => state.location.pathname === '/organizations',
    });
    const shown = everywhere ? '' : org || lastOrganization(me);
    const { data, error } = useQuery({ ...organizationQuery(shown), enabled: shown !== '' });
    const [menu, setMenu] = useState(false);
    const path = useRouterState({ select: state => state.location.pathname });
    useEffect(() => {
        if (org) rememberOrganization(org);
    }, [org]);
    // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes when the path changes
    useEffect(() => setMenu(false), [path]);
    useLeaveUnready(org, data?.data.status);
    useTour(data?.data, path === `/o/${org}`);
    return (
        <div className={classes.shell} data-everywhere={everywhere || undefined}>
            <a href="#main" className={classes.skip}>
                {m.shell_skip()}
            </a>
            <Header org={shown} organization={data?.data} onMenu={() => setMenu(true)} />
            <aside className={classes.sidebar}>
                <Sidebar org={shown} />
            </aside>
            <main id="main" tabIndex={-1} className={classes.main}>
                <div key={path} className={classes.screen}>
                    <Content error={org ? error : null} />
                </div>
            </main>
            {menu && (
                <Floating part={DRAWER} props={{ org: shown, onClose: () => setMenu(false) }} />
            )}
        </div>
    );
}

function Content({ error }: { error: unknown }) {
    if (error instanceof Problem && error.kind === 'not-found') return <NotFoundWords />;
    if (error) return <BrokenWords error={error} />;
    return <Outlet />;
}

/** An organization that isn't ready shows its loader instead of an empty panel. */
function useLeaveUnready(org: string, status: string | undefined) {
    const navigate = useNavigate();
    useEffect(() => {
        if (!org || (status !== 'provisioning' && status !== 'failed')) return;
        void navigate({ to: '/o/$org/welcome', params: { org }, replace: true });
    }, [org, status, navigate]);
}
