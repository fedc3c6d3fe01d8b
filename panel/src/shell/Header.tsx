import { IconExternalLink, IconMenu2, IconSearch } from '@tabler/icons-react';
import { useMe } from '../api/queries';
import type { Organization } from '../api/types';
import { m } from '../paraglide/messages.js';
import { IconButton } from '../ui/Button';
import { Kbd } from '../ui/Kbd';
import { MOD } from '../ui/keys';
import { AccountMenu } from './AccountMenu';
import { useCommands } from './commands';
import classes from './Header.module.css';
import { Switcher } from './Switcher';

interface Props {
    org: string;
    organization: Organization | undefined;
    onMenu: () => void;
}

export function Header({ org, organization, onMenu }: Props) {
    const { branding } = useMe();
    const { openPalette } = useCommands();
    return (
        <header className={classes.header}>
            <div className={classes.menu}>
                <IconButton label={m.shell_navigation()} onClick={onMenu}>
                    <IconMenu2 size={20} stroke={1.75} />
                </IconButton>
            </div>
            <div className={classes.brand}>
                {branding.logo_url ? (
                    <img src={branding.logo_url} alt={branding.app_name} className={classes.logo} />
                ) : (
                    <>
                        <span className={classes.initial} aria-hidden>
                            {[...branding.app_name][0]?.toLocaleUpperCase()}
                        </span>
                        <span className={classes.name}>{branding.app_name}</span>
                    </>
                )}
            </div>
            <div className={classes.switcher}>
                <Switcher org={org} organization={organization} />
            </div>
            <button
                type="button"
                className={classes.search}
                onClick={openPalette}
                data-tour="search"
            >
                <IconSearch size={18} stroke={1.75} aria-hidden />
                <span>{m.shell_search()}</span>
                <Kbd>{`${MOD} K`}</Kbd>
            </button>
            <div className={classes.actions}>
                <span className={classes.narrowSearch} data-tour="search">
                    <IconButton label={m.shell_search()} onClick={openPalette}>
                        <IconSearch size={18} stroke={1.75} />
                    </IconButton>
                </span>
                {organization?.status === 'active' && <ViewSite url={organization.site_url} />}
                <AccountMenu siteUrl={organization?.site_url} />
            </div>
        </header>
    );
}

function ViewSite({ url }: { url: string }) {
    return (
        <a
            href={url}
            target="_blank"
            rel="noreferrer"
            className={`ui-icon-button ${classes.view}`}
            aria-label={m.shell_view_site()}
            title={m.shell_view_site()}
            data-tour="site"
        >
            <IconExternalLink size={18} stroke={1.75} aria-hidden />
        </a>
    );
}
