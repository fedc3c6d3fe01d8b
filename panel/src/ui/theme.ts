import {
    createTheme,
    localStorageColorSchemeManager,
    type MantineColorsTuple,
    type VariantColorsResolver,
} from '@mantine/core';

/** Mantine brings behaviour; its looks come from our tokens (styles/), its one colour is the accent. */
const accent = Array.from({ length: 10 }, () => 'var(--accent)') as unknown as MantineColorsTuple;

const variantColorResolver: VariantColorsResolver = ({ variant }) => {
    if (variant === 'light') {
        const background = 'var(--accent-soft)';
        return {
            background,
            hover: 'var(--accent-soft-hover)',
            color: 'var(--accent-text)',
            border: '1px solid transparent',
        };
    }
    if (variant === 'filled') {
        const border = '1px solid var(--accent-edge)';
        return {
            background: 'var(--accent)',
            hover: 'var(--accent-hover)',
            color: 'var(--on-accent)',
            border,
        };
    }
    return {
        background: 'transparent',
        hover: 'var(--sunken)',
        color: 'var(--text)',
        border: '1px solid transparent',
    };
};

export const theme = createTheme({
    primaryColor: 'accent',
    colors: { accent },
    fontFamily: 'var(--font)',
    defaultRadius: 'md',
    respectReducedMotion: true,
    variantColorResolver,
    components: {
        Button: {
            classNames: {
                root: 'ui-button',
                label: 'ui-button-label',
                section: 'ui-button-section',
            },
        },
        Input: { classNames: { input: 'ui-input' } },
        InputWrapper: {
            classNames: { label: 'ui-label', description: 'ui-help', error: 'ui-error' },
            defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] },
        },
        PasswordInput: { classNames: { input: 'ui-input' } },
        Menu: {
            classNames: {
                dropdown: 'ui-menu',
                item: 'ui-menu-item',
                label: 'ui-menu-label',
                divider: 'ui-menu-divider',
                itemIndicator: 'ui-menu-indicator',
            },
            defaultProps: {
                transitionProps: { duration: 120, transition: 'fade' },
                offset: 6,
                withinPortal: true,
            },
        },
        Modal: {
            classNames: {
                content: 'ui-dialog',
                header: 'ui-dialog-header',
                title: 'ui-dialog-title',
                body: 'ui-dialog-body',
                overlay: 'ui-overlay',
            },
            defaultProps: {
                lockScroll: false,
                transitionProps: { duration: 120, transition: 'fade' },
            },
        },
        Drawer: {
            classNames: { content: 'ui-drawer', overlay: 'ui-overlay' },
            defaultProps: { lockScroll: false, transitionProps: { duration: 140 } },
        },
    },
});

export const colorSchemeManager = localStorageColorSchemeManager({ key: 'panel.scheme' });
