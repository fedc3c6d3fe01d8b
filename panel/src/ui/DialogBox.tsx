import { Modal } from '@mantine/core';
import { m } from '../paraglide/messages.js';
import type { DialogProps } from './Dialog';

const SIZE = { narrow: 420, normal: 520, wide: 920 };

export function DialogBox({ open, onClose, title, children, width = 'normal' }: DialogProps) {
    return (
        <Modal
            opened={open}
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
