import { createContext, useContext } from 'react';

export interface Commands {
    openPalette: () => void;
    openHelp: () => void;
}

export const CommandsContext = createContext<Commands>({
    openPalette: () => {},
    openHelp: () => {},
});
export const useCommands = () => useContext(CommandsContext);
