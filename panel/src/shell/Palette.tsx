import { Modal, useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
    IconBuilding,
    IconFileText,
    IconHome2,
    IconMoon,
    IconPlus,
    IconUser,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import * as limits from '../api/limits';
import { organizationsQuery, reachesMany, useMe, useOrg } from '../api/queries';
import { foundPagesQuery } from '../features/pages/queries';
import { m } from '../paraglide/messages.js';
import { Kbd } from '../ui/Kbd';
import { fold, type SearchItem, SearchList } from '../ui/SearchList';
import { StatePill } from '../ui/StatePill';
import { Tile } from '../ui/Tile';
import { lastOrganization } from './last';
import classes from './Palette.module.css';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

interface Props {
    query: string;
    onQuery: (query: string) => void;
    onClose: () => void;
    /** It has the focus now. */
    onThere: () => void;
}

/** Ctrl K: go anywhere, find a page or an organization, begin something. */
export function Palette({ query, onQuery, onClose, onThere }: Props) {
    const [late] = useDebouncedValue(query.trim(), 120);
    const commands = useCommandsFor(onClose).filter(c =>
        fold(c.label).includes(fold(query.trim())),
    );
    const pages = usePages(late, onClose);
    const organizations = useOrganizations(late, onClose);
    return (
        <Modal.Root
            opened
            onClose={onClose}
            size={600}
            lockScroll={false}
            yOffset="10vh"
            transitionProps={{ duration: 100, transition: 'fade' }}
            classNames={{ content: classes.content!, overlay: 'ui-overlay' }}
        >
            <Modal.Overlay />
            <Modal.Content aria-label={m.shell_search()} onFocus={onThere}>
                <SearchList
                    big
                    label={m.shell_search()}
                    placeholder={m.shell_search()}
                    query={query}
                    maxLength={limits.get_orgs.search.max}
                    onQuery={onQuery}
                    items={[...commands, ...pages.items, ...organizations.items]}
                    busy={pages.busy || organizations.busy}
                    empty={m.shell_no_match({ query: query.trim() })}
                />
            </Modal.Content>
        </Modal.Root>
    );
}

function useCommandsFor(onClose: () => void): SearchItem[] {
    const navigate = useNavigate();
    const me = useMe();
    const org = useOrg() || lastOrganization(me);
    const { colorScheme, setColorScheme } = useMantineColorScheme();
    const then = (act: () => unknown) => () => {
        onClose();
        void act();
    };
    const params = { org };
    const ofOrganization: SearchItem[] = [
        {
            id: 'new',
            label: m.shell_new_page(),
            icon: <IconPlus {...icon} />,
            aside: <Kbd>c</Kbd>,
            go: then(() => navigate({ to: '/o/$org/pages', params, search: { new: true } })),
        },
        {
            id: 'home',
            label: m.shell_home(),
            icon: <IconHome2 {...icon} />,
            aside: <Kbd>g h</Kbd>,
            go: then(() => navigate({ to: '/o/$org', params })),
        },
        {
            id: 'pages',
            label: m.shell_pages(),
            icon: <IconFileText {...icon} />,
            aside: <Kbd>g p</Kbd>,
            go: then(() => navigate({ to: '/o/$org/pages', params })),
        },
    ];
    const all: SearchItem = {
        id: 'all',
        label: m.shell_all(),
        icon: <IconBuilding {...icon} />,
        go: then(() => navigate({ to: '/organizations' })),
    };
    return [
        ...(org ? ofOrganization : []),
        ...(reachesMany(me) ? [all] : []),
        {
            id: 'profile',
            label: m.shell_profile(),
            icon: <IconUser {...icon} />,
            go: then(() => navigate({ to: '/profile' })),
        },
        {
            id: 'scheme',
            label: m.shell_toggle_scheme(),
            icon: <IconMoon {...icon} />,
            go: then(() => setColorScheme(isDark(colorScheme) ? 'light' : 'dark')),
        },
    ];
}

function isDark(scheme: string) {
    if (scheme !== 'auto') return scheme === 'dark';
    return matchMedia('(prefers-color-scheme: dark)').matches;
}

function usePages(query: string, onClose: () => void) {
    const navigate = useNavigate();
    const org = useOrg();
    const found = useQuery({
        ...foundPagesQuery(org, query),
        enabled: org !== '' && query !== '',
        placeholderData: keepPreviousData,
    });
    const items = (query ? (found.data ?? []) : []).map(
        (page): SearchItem => ({
            id: `${page.id}/${page.language}`,
            label: page.title,
            detail: page.path,
            group: m.shell_pages(),
            icon: <IconFileText {...icon} />,
            aside: <StatePill state={page.state} />,
            go: () => {
                onClose();
                const params = { org, page: page.id, language: page.language };
                void navigate({ to: '/o/$org/pages/$page/$language', params });
            },
        }),
    );
    return { items, busy: found.isFetching };
}

function useOrganizations(query: string, onClose: () => void) {
    const navigate = useNavigate();
    const many = reachesMany(useMe());
    const found = useQuery({
        ...organizationsQuery(query, 6),
        enabled: many && query !== '',
        placeholderData: keepPreviousData,
    });
    const items = (query ? (found.data?.items ?? []) : []).map(
        (o): SearchItem => ({
            id: o.id,
            label: o.name,
            detail: o.parent?.name ?? o.slug,
            group: m.shell_organizations(),
            icon: <Tile id={o.id} name={o.name} />,
            go: () => {
                onClose();
                void navigate({ to: '/o/$org', params: { org: o.slug } });
            },
        }),
    );
    return { items, busy: found.isFetching };
}
