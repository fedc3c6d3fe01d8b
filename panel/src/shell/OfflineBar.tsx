import { IconCloudOff } from '@tabler/icons-react';
import { m } from '../paraglide/messages.js';
import { useOnline } from '../ui/useOnline';
import classes from './OfflineBar.module.css';

export function OfflineBar() {
    const online = useOnline();
    return (
        <div role="status">
            {!online && (
                <p className={classes.bar}>
                    <IconCloudOff size={16} stroke={1.75} aria-hidden /> {m.shell_offline()}
                </p>
            )}
        </div>
    );
}
