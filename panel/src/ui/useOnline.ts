import { useSyncExternalStore } from 'react';

export function useOnline(): boolean {
    return useSyncExternalStore(
        listener => {
            addEventListener('online', listener);
            addEventListener('offline', listener);
            return () => {
                removeEventListener('online', listener);
                removeEventListener('offline', listener);
            };
        },
        () => navigator.onLine,
    );
}
