import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import './styles/index.css';
import { colorSchemeManager, theme } from './theme';

/** The one provider. A second one would reset the colour scheme. */
export function UiProvider({ children }: { children: ReactNode }) {
    return (
        <MantineProvider
            theme={theme}
            colorSchemeManager={colorSchemeManager}
            defaultColorScheme="auto"
            withCssVariables={false}
            withGlobalClasses={false}
        >
            {children}
        </MantineProvider>
    );
}
