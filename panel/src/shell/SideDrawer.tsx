import { Drawer } from '@mantine/core';
import { m } from '../paraglide/messages.js';
import classes from './Shell.module.css';
import { Sidebar } from './Sidebar';

/** The sidebar of narrow screens. */
export function SideDrawer({ org, onClose }: { org: string; onClose: () => void }) {
    return (
        <Drawer.Root
            opened
            onClose={onClose}
            size={280}
            lockScroll={false}
            transitionProps={{ duration: 140 }}
            classNames={{ content: 'ui-drawer', overlay: 'ui-overlay' }}
        >
            <Drawer.Overlay />
            <Drawer.Content aria-label={m.shell_navigation()}>
                <Drawer.Header className={classes.drawerHead} role="presentation">
                    <Drawer.CloseButton aria-label={m.ui_close()} />
                </Drawer.Header>
                <Sidebar org={org} />
            </Drawer.Content>
        </Drawer.Root>
    );
}
