import {
    createRootRoute,
    createRoute,
    createRouter,
    lazyRouteComponent,
    Outlet,
    redirect,
} from '@tanstack/react-router';
import { meQuery, organizationQuery, queryClient } from '../api/queries';
import { dashboardQuery } from '../features/dashboard/queries';
import { listSearch, pagesQuery } from '../features/pages/queries';
import { Broken, NotFound } from './Broken';
import { sessionBegan, whyEnded } from './ended';
import { Shell } from './Shell';
import { SignedIn } from './SignedIn';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

async function requireMe({ location }: { location: { href: string } }) {
    const me = await queryClient.ensureQueryData(meQuery);
    if (!me) {
        const search = { next: location.href };
        throw redirect({ to: '/signin', search, state: { ended: whyEnded() } });
    }
    sessionBegan();
    return { me };
}

async function toLanding() {
    const me = await queryClient.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: '/signin' });
    if (me.organization) throw redirect({ to: '/o/$org', params: { org: me.organization } });
    throw redirect({ to: '/organizations' });
}

const index = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: toLanding });

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

const signin = createRoute({
    getParentRoute: () => root,
    path: '/signin',
    validateSearch: (search): { next?: string } => ({ next: text(search.next) }),
    component: lazyRouteComponent(() => import('../features/signin/SignIn'), 'SignIn'),
});

const signup = createRoute({
    getParentRoute: () => root,
    path: '/signup',
    component: lazyRouteComponent(() => import('../features/signup/SignUp'), 'SignUp'),
});

const reset = createRoute({
    getParentRoute: () => root,
    path: '/reset',
    validateSearch: (search): { token?: string } => ({ token: text(search.token) }),
    component: lazyRouteComponent(() => import('../features/reset/Reset'), 'Reset'),
});

const resetByPath = createRoute({
    getParentRoute: () => root,
    path: '/reset/$token',
    beforeLoad: ({ params }) => {
        throw redirect({ to: '/reset', search: { token: params.token } });
    },
});

const verify = createRoute({
    getParentRoute: () => root,
    path: '/verify',
    validateSearch: (search): { token?: string } => ({ token: text(search.token) }),
    beforeLoad: requireMe,
    component: lazyRouteComponent(() => import('../features/verify/Verify'), 'Verify'),
});

const verifyByPath = createRoute({
    getParentRoute: () => root,
    path: '/verify/$token',
    beforeLoad: ({ params }) => {
        throw redirect({ to: '/verify', search: { token: params.token } });
    },
});

const takeOver = createRoute({
    getParentRoute: () => root,
    path: '/take-over',
    validateSearch: (search): { token?: string } => ({ token: text(search.token) }),
    beforeLoad: requireMe,
    component: lazyRouteComponent(() => import('../features/takeover/TakeOver'), 'TakeOver'),
});

const signedIn = createRoute({
    getParentRoute: () => root,
    id: 'signed-in',
    beforeLoad: requireMe,
    component: SignedIn,
});

const organization = createRoute({
    getParentRoute: () => signedIn,
    path: '/o/$org',
    loader: ({ params }) => {
        void queryClient.prefetchQuery(organizationQuery(params.org));
    },
});

const welcome = createRoute({
    getParentRoute: () => organization,
    path: 'welcome',
    component: lazyRouteComponent(() => import('../features/welcome/Welcome'), 'Welcome'),
});

const editor = createRoute({
    getParentRoute: () => organization,
    path: 'pages/$page/$language',
    component: lazyRouteComponent(() => import('../features/pages/editor/Editor'), 'Editor'),
});

const inShell = createRoute({ getParentRoute: () => organization, id: 'shell', component: Shell });

const dashboard = createRoute({
    getParentRoute: () => inShell,
    path: '/',
    validateSearch: (search): { rename?: boolean } => ({
        rename: search.rename === true ? true : undefined,
    }),
    loader: ({ params }) => {
        void queryClient.prefetchQuery(dashboardQuery((params as { org: string }).org));
    },
    component: lazyRouteComponent(() => import('../features/dashboard/Dashboard'), 'Dashboard'),
});

const pages = createRoute({
    getParentRoute: () => inShell,
    path: 'pages',
    validateSearch: listSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ params, deps }) => {
        void queryClient.prefetchInfiniteQuery(pagesQuery((params as { org: string }).org, deps));
    },
    component: lazyRouteComponent(() => import('../features/pages/PagesList'), 'PagesList'),
});

const everywhere = createRoute({
    getParentRoute: () => signedIn,
    id: 'everywhere',
    component: Shell,
});

const organizations = createRoute({
    getParentRoute: () => everywhere,
    path: '/organizations',
    validateSearch: (search): { search?: string; new?: boolean } => ({
        search: text(search.search),
        new: search.new === true ? true : undefined,
    }),
    component: lazyRouteComponent(() => import('../features/orgs/Organizations'), 'Organizations'),
});

const profile = createRoute({
    getParentRoute: () => everywhere,
    path: '/profile',
    component: lazyRouteComponent(() => import('../features/profile/Profile'), 'Profile'),
});

const tree = root.addChildren([
    index,
    signin,
    signup,
    reset,
    resetByPath,
    verify,
    verifyByPath,
    takeOver,
    signedIn.addChildren([
        organization.addChildren([welcome, editor, inShell.addChildren([dashboard, pages])]),
        everywhere.addChildren([organizations, profile]),
    ]),
]);

export const router = createRouter({
    routeTree: tree,
    defaultPreload: 'intent',
    defaultPreloadDelay: 30,
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 10_000,
    defaultErrorComponent: Broken,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: false,
});

declare module '@tanstack/react-router' {
    interface Register {
        router: typeof router;
    }
    interface HistoryState {
        /** Typed at sign-in, not to be typed again; never in an address. */
        email?: string;
        /** The session ended by itself, and whether changes wait in this browser. */
        ended?: 'plain' | 'kept' | undefined;
    }
}
