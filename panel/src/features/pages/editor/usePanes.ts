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

export function usePanes(): Panes {
    const [structure, setStructure] = useState(true);
    const [settings, setSettings] = useState(true);
    const [one, showOne] = useState<OnePane>('canvas');
    return {
        structure,
        settings,
        one,
        toggleStructure: () => setStructure(open => !open),
        toggleSettings: () => setSettings(open => !open),
        showSettings: () => {
            setSettings(true);
            showOne('settings');
        },
        showOne,
    };
}
