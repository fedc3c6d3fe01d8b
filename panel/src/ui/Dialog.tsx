import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { m } from '../paraglide/messages.js';
import classes from './Dialog.module.css';

interface Props {
    open: boolean;
    onClose: () => void;
    title: string;
    children: ReactNode;
    width?: 'narrow' | 'normal' | 'wide';
}

const SIZE = { narrow: 420, normal: 520, wide: 920 };

export function Dialog({ open, onClose, title, children, width = 'normal' }: Props) {
    return (
        <Modal
            opened={open}
            onClose={onClose}
            title={title}
            size={SIZE[width]}
            closeButtonProps={{ 'aria-label': m.ui_close() }}
            centered={false}
            yOffset="8vh"
        >
            {children}
        </Modal>
    );
}

/** The row of verbs below a dialog's words: the main one last, as the eye arrives. */
export function DialogActions({ children }: { children: ReactNode }) {
    return <div className={classes.actions}>{children}</div>;
}
