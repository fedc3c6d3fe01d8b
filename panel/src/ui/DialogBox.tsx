import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { m } from '../paraglide/messages.js';
import type { DialogProps } from './Dialog';

const SIZE = { narrow: 420, normal: 520, wide: 920 };

export function DialogBox({ open, onClose, title, children, width = 'normal' }: DialogProps) {
    // It notes where the focus was only when it turns from closed to open, also the first time.
    const [ready, setReady] = useState(false);
    useEffect(() => setReady(true), []);
    return (
        <Modal
            opened={open && ready}
            onClose={onClose}
            title={title}
            size={SIZE[width]}
            closeButtonProps={{ 'aria-label': m.ui_close() }}
            yOffset="8vh"
            // A dialog's head is no second banner of the page.
            attributes={{ header: { role: 'presentation' } }}
        >
            {children}
        </Modal>
    );
}
