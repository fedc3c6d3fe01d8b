import { useState } from 'react';

export type OnePane = 'structure' | 'canvas' | 'settings';

/** Which panes are open; on a narrow screen, which one is there. */
export interface Panes {
    structure: boolean;
    settings: boolean;
    one: OnePane;
    toggleStructure: () => void;
    toggleSettings: () => void;
    showSettings: () => void;
    showOne: (pane: OnePane) => void;
}

/** Both side panes leave the page's preview enough room to be a desktop's. */
const ROOM_FOR_BOTH = '(min-width: 1200px)';

export function usePanes(): Panes {
    const [structure, setStructure] = useState(true);
    const [settings, setSettings] = useState(() => window.matchMedia(ROOM_FOR_BOTH).matches);
    const [one, showOne] = useState<OnePane>('canvas');

    const makeRoom = (closeOther: (open: boolean) => void) => {
        if (!window.matchMedia(ROOM_FOR_BOTH).matches) closeOther(false);
    };
    const openSettings = () => {
        setSettings(true);
        makeRoom(setStructure);
    };
    return {
        structure,
        settings,
        one,
        toggleStructure: () => {
            setStructure(!structure);
            if (!structure) makeRoom(setSettings);
        },
        toggleSettings: () => (settings ? setSettings(false) : openSettings()),
        showSettings: () => {
            openSettings();
            showOne('settings');
        },
        showOne,
    };
}
