import { Popover } from '@mantine/core';
import { Anchor } from './Anchor';
import type { PopoverProps } from './Popover';
import classes from './PopoverBox.module.css';

export function PopoverBox({ anchor, label, width, onClose, children }: PopoverProps) {
    const close = () => {
        onClose();
        anchor.focus();
    };
    return (
        <Popover
            opened
            onDismiss={close}
            onClose={close}
            position="bottom-start"
            width={width}
            offset={4}
            withinPortal={false}
            trapFocus
            hideDetached={false}
            transitionProps={{ duration: 100 }}
            classNames={{ dropdown: classes.card! }}
        >
            <Popover.Target>
                <Anchor element={anchor} />
            </Popover.Target>
            <Popover.Dropdown aria-label={label}>{children}</Popover.Dropdown>
        </Popover>
    );
}
