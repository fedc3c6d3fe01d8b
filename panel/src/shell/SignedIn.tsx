import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { meQuery } from '../api/queries';
import { useKeys } from '../ui/keys';
import { Floating } from '../ui/PartPlace';
import { Part } from '../ui/part';
import { Toasts } from '../ui/toast';
import { CommandsContext } from './commands';
import { OfflineBar } from './OfflineBar';
import { PaletteField } from './PaletteField';
import classes from './Shell.module.css';
import { useGoKeys } from './useGoKeys';
import { useWarm } from './useWarm';

const PALETTE = new Part(() => import('./Palette').then(screen => screen.Palette));
const KEY_HELP = new Part(() => import('./KeyHelp').then(screen => screen.KeyHelp));

/** What lies over every signed-in screen: palette, key help, toasts, the offline bar. */
export function SignedIn() {
    const { data: me } = useQuery(meQuery);
    return me ? <Frame /> : null;
}

function Frame() {
    const [palette, setPalette] = useState(false);
    const [help, setHelp] = useState(false);
    useKeys({ 'mod+k': () => setPalette(open => !open), '?': () => setHelp(true) });
    useGoKeys();
    useWarm();
    return (
        <CommandsContext
            value={{ openPalette: () => setPalette(true), openHelp: () => setHelp(true) }}
        >
            <div className={classes.frame}>
                <OfflineBar />
                <div className={classes.below}>
                    <Outlet />
                </div>
            </div>
            <Toasts />
            {help && <Floating part={KEY_HELP} props={{ onClose: () => setHelp(false) }} />}
            {palette && <Search onClose={() => setPalette(false)} />}
        </CommandsContext>
    );
}

/** The palette takes over what was typed once it has the focus itself. */
function Search({ onClose }: { onClose: () => void }) {
    const [query, setQuery] = useState('');
    const [there, setThere] = useState(false);
    const field = { query, onQuery: setQuery, onClose };
    return (
        <>
            {!there && <PaletteField {...field} />}
            <Floating
                part={PALETTE}
                props={{ ...field, onThere: () => setThere(true) }}
                waits={null} // its field is there already
            />
        </>
    );
}
