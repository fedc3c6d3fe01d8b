import { createRoot } from 'react-dom/client';
import { onStaleCsrf, onUnauthenticated, speak } from './api/client';
import { forgetMe, meQuery, queryClient } from './api/queries';
import { App } from './shell/App';
import { sessionEnded } from './shell/ended';
import { router } from './shell/router';
import { onLanguage } from './ui/locale';

// Who I am is asked before anything is drawn; the first screen waits for nothing else.
onLanguage(speak);
void queryClient.prefetchQuery(meQuery);

onStaleCsrf(() => queryClient.fetchQuery({ ...meQuery, staleTime: 0 }));

onUnauthenticated(async () => {
    const me = queryClient.getQueryData(meQuery.queryKey);
    if (!me) return;
    sessionEnded(me.user.id);
    await forgetMe();
    void router.invalidate();
});

createRoot(document.getElementById('root')!).render(<App />);
