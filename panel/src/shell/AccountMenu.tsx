import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconExternalLink, IconKeyboard, IconLogout, IconMap, IconUser } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../api/client';
import { forgetMe, queryClient, useMe, useSetMe } from '../api/queries';
import type { PanelLanguage } from '../api/types';
import { m } from '../paraglide/messages.js';
import { LANGUAGES, language, setLanguage } from '../ui/locale';
import { MenuButton, type MenuOptions } from '../ui/Menu';
import { Tile } from '../ui/Tile';
import { toast } from '../ui/toast';
import classes from './AccountMenu.module.css';
import { useCommands } from './commands';
import { showAround } from './useTour';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

export function AccountMenu({ siteUrl }: { siteUrl: string | undefined }) {
    const { user } = useMe();
    const { openHelp } = useCommands();
    const navigate = useNavigate();
    const leave = useSignOut();
    const schemes = useSchemes();
    const languages = useLanguages();
    return (
        <MenuButton
            label={m.shell_account()}
            width={256}
            className={classes.button}
            tour="account"
            head={
                <div className={classes.who}>
                    <span className={classes.name}>{user.name}</span>
                    <bdi dir="ltr" className={classes.email}>
                        {user.email}
                    </bdi>
                </div>
            }
            entries={[
                'line',
                {
                    label: m.shell_profile(),
                    icon: <IconUser {...icon} />,
                    onPick: () => navigate({ to: '/profile' }),
                },
                siteUrl !== undefined && {
                    label: m.shell_view_site(),
                    icon: <IconExternalLink {...icon} />,
                    href: siteUrl,
                    className: classes.narrow,
                },
                { label: m.shell_keys(), icon: <IconKeyboard {...icon} />, onPick: openHelp },
                {
                    label: m.shell_tour_again(),
                    icon: <IconMap {...icon} />,
                    onPick: () =>
                        setTimeout(() => showAround().catch(() => toast(m.ui_part_away())), 200),
                },
                'line',
                schemes,
                languages,
                'line',
                { label: m.shell_sign_out(), icon: <IconLogout {...icon} />, onPick: leave },
            ]}
        >
            <Tile id={user.id} name={user.name} round size="large" />
        </MenuButton>
    );
}

function useSignOut() {
    const navigate = useNavigate();
    const { mutate } = useMutation({
        mutationFn: () => call('delete', '/api/v1/sessions/current'),
        onSuccess: async () => {
            sessionStorage.clear();
            await forgetMe();
            queryClient.clear();
            await navigate({ to: '/signin' });
        },
        onError: () => toast(m.shell_sign_out_failed()),
    });
    return () => mutate();
}

function useSchemes(): MenuOptions {
    const { colorScheme, setColorScheme } = useMantineColorScheme();
    return {
        group: m.shell_appearance(),
        value: colorScheme,
        options: [
            { value: 'light', label: m.shell_light() },
            { value: 'dark', label: m.shell_dark() },
            { value: 'auto', label: m.shell_system() },
        ],
        onPick: value => setColorScheme(value as MantineColorScheme),
    };
}

function useLanguages(): MenuOptions {
    const setMe = useSetMe();
    const { mutate } = useMutation({
        mutationFn: (value: PanelLanguage) =>
            call('patch', '/api/v1/me', { body: { language: value } }),
        onSuccess: ({ data }) => setMe(data),
    });
    return {
        group: m.shell_language(),
        value: language(),
        options: LANGUAGES.map(({ value, label }) => ({ value, label, lang: value })),
        onPick: value => {
            setLanguage(value as PanelLanguage);
            mutate(value as PanelLanguage);
        },
    };
}
