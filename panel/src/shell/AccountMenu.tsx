import { Menu, useMantineColorScheme } from '@mantine/core';
import {
    IconCheck,
    IconDeviceDesktop,
    IconExternalLink,
    IconKeyboard,
    IconLogout,
    IconMoon,
    IconSun,
    IconUser,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { call } from '../api/client';
import { queryClient, useMe, useSetMe } from '../api/queries';
import type { Language } from '../api/types';
import { m } from '../paraglide/messages.js';
import { LANGUAGES, language, setLanguage } from '../ui/locale';
import { Tile } from '../ui/Tile';
import { toast } from '../ui/toast';
import classes from './AccountMenu.module.css';
import { useCommands } from './commands';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

export function AccountMenu({ siteUrl }: { siteUrl: string | undefined }) {
    const { user } = useMe();
    const { openHelp } = useCommands();
    const navigate = useNavigate();
    const leave = useSignOut();
    return (
        <Menu width={256} position="bottom-end">
            <Menu.Target>
                <button type="button" className={classes.button} aria-label={m.shell_account()} data-tour="account">
                    <Tile id={user.id} name={user.name} round size="large" />
                </button>
            </Menu.Target>
            <Menu.Dropdown aria-label={m.shell_account()}>
                <div className={classes.who} role="presentation">
                    <span className={classes.name}>{user.name}</span>
                    <bdi dir="ltr" className={classes.email}>
                        {user.email}
                    </bdi>
                </div>
                <Menu.Divider />
                <Menu.Item leftSection={<IconUser {...icon} />} onClick={() => navigate({ to: '/profile' })}>
                    {m.shell_profile()}
                </Menu.Item>
                {siteUrl && (
                    <Menu.Item
                        className={classes.narrow}
                        leftSection={<IconExternalLink {...icon} />}
                        component="a"
                        href={siteUrl}
                        target="_blank"
                    >
                        {m.shell_view_site()}
                    </Menu.Item>
                )}
                <Menu.Item leftSection={<IconKeyboard {...icon} />} onClick={openHelp}>
                    {m.shell_keys()}
                </Menu.Item>
                <Menu.Divider />
                <Schemes />
                <Menu.Divider />
                <Languages />
                <Menu.Divider />
                <Menu.Item leftSection={<IconLogout {...icon} />} onClick={leave}>
                    {m.shell_sign_out()}
                </Menu.Item>
            </Menu.Dropdown>
        </Menu>
    );
}

function useSignOut() {
    const navigate = useNavigate();
    const { mutate } = useMutation({
        mutationFn: () => call('delete', '/api/v1/sessions/current'),
        onSuccess: async () => {
            queryClient.clear();
            sessionStorage.clear();
            await navigate({ to: '/signin' });
        },
        onError: () => toast(m.shell_sign_out_failed()),
    });
    return () => mutate();
}

interface ChoiceProps {
    on: boolean;
    picture?: ReactNode;
    children: ReactNode;
    onPick: () => void;
    lang?: string;
}

function Choice({ on, picture, children, onPick, lang }: ChoiceProps) {
    return (
        <Menu.Item
            role="menuitemradio"
            aria-checked={on}
            leftSection={picture}
            rightSection={on ? <IconCheck size={16} stroke={2} aria-hidden /> : null}
            closeMenuOnClick={false}
            onClick={onPick}
            lang={lang}
        >
            {children}
        </Menu.Item>
    );
}

function Schemes() {
    const { colorScheme, setColorScheme } = useMantineColorScheme();
    const schemes = [
        { value: 'light', label: m.shell_light(), picture: <IconSun {...icon} /> },
        { value: 'dark', label: m.shell_dark(), picture: <IconMoon {...icon} /> },
        { value: 'auto', label: m.shell_system(), picture: <IconDeviceDesktop {...icon} /> },
    ] as const;
    return schemes.map(({ value, label, picture }) => (
        <Choice key={value} on={colorScheme === value} picture={picture} onPick={() => setColorScheme(value)}>
            {label}
        </Choice>
    ));
}

function Languages() {
    const setMe = useSetMe();
    const { mutate } = useMutation({
        mutationFn: (value: Language) => call('patch', '/api/v1/me', { body: { language: value } }),
        onSuccess: ({ data }) => setMe(data),
    });
    const pick = (value: Language) => {
        setLanguage(value);
        mutate(value);
    };
    return LANGUAGES.map(({ value, label }) => (
        <Choice key={value} on={value === language()} lang={value} onPick={() => pick(value)}>
            {label}
        </Choice>
    ));
}
