import { useMediaQuery } from '@mantine/hooks';
import { usePreferences } from '../../ui/preferences';

/** The geometry of section 4, for the virtual list: 44, compact 36, on a phone or under a finger 60. */
export function useRowHeight(): number {
    const { compact } = usePreferences();
    const tall = useMediaQuery('(max-width: 639px), (pointer: coarse)', matches(), {
        getInitialValueInEffect: false,
    });
    if (tall) return 60;
    return compact ? 36 : 44;
}

const matches = () => window.matchMedia('(max-width: 639px), (pointer: coarse)').matches;
