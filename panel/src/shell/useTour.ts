import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../api/client';
import { useMe, useSetMe } from '../api/queries';
import type { Organization } from '../api/types';

/** Shows around once, on the first dashboard that is ready; again from the account menu. */
export function useTour(organization: Organization | undefined, onDashboard: boolean) {
    const { user } = useMe();
    const seen = useSeen();
    const due = onDashboard && !user.tour_seen && organization?.status === 'active';
    useEffect(() => {
        if (!due) return;
        const end = () => {
            clearInterval(timer);
            seen();
        };
        // Only what is drawn can be shown: the dashboard's first data come before. While a dialog keeps
        // or a missing line keeps it off, it is tried again.
        const timer = setInterval(() => showAround(end).catch(() => undefined), 900);
        return () => clearInterval(timer);
    }, [due, seen]);
}

function useSeen() {
    const setMe = useSetMe();
    const { mutate } = useMutation({
        mutationFn: () => call('patch', '/api/v1/me', { body: { tour_seen: true } }),
        onSuccess: ({ data }) => setMe(data),
    });
    return mutate;
}

export async function showAround(onEnd: () => void = () => {}) {
    const [{ startTour }, { stopsHere }] = await Promise.all([
        import('./tour/tour'),
        import('./tour/stops'),
    ]);
    const stops = stopsHere();
    if (stops.length > 0) startTour(stops, onEnd);
}
