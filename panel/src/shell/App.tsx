import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { brandingQuery, meQuery, queryClient } from '../api/queries';
import { applyBrand } from '../ui/brand/brand';
import { setLanguage, useLanguage } from '../ui/locale';
import { nameApp } from '../ui/PageHead';
import { UiProvider } from '../ui/UiProvider';
import { router } from './router';

export function App() {
    return (
        <QueryClientProvider client={queryClient}>
            <UiProvider>
                <Identity />
                <InLanguage />
            </UiProvider>
        </QueryClientProvider>
    );
}

/** Another language draws the whole tree anew: words are plain function calls, not subscriptions. */
function InLanguage() {
    return <RouterProvider key={useLanguage()} router={router} />;
}

/** Colours, name and language follow who is signed in; before that, the host's branding. */
function Identity() {
    const me = useQuery(meQuery);
    const publicBranding = useQuery({ ...brandingQuery, enabled: me.isFetched && !me.data });
    const branding = me.data?.branding ?? publicBranding.data;
    const language = me.data?.user.language;
    useEffect(() => {
        if (!branding) return;
        applyBrand(branding.accent);
        nameApp(branding.app_name);
    }, [branding]);
    useEffect(() => {
        if (language) setLanguage(language);
    }, [language]);
    return null;
}
