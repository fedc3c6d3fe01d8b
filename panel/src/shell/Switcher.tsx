import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck, IconSelector } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import * as limits from '../api/limits';
import { organizationsQuery, reachesMany, useMe } from '../api/queries';
import type { Organization, OrganizationSummary } from '../api/types';
import { m } from '../paraglide/messages.js';
import { useKeys } from '../ui/keys';
import { PopoverButton } from '../ui/Popover';
import { type SearchItem, SearchList } from '../ui/SearchList';
import { StackedTiles, Tile } from '../ui/Tile';
import classes from './Switcher.module.css';

/** Which organization this is, and the way to the others. One organization alone needs no caret. */
export function Switcher({
    org,
    organization,
}: {
    org: string;
    organization: Organization | undefined;
}) {
    const me = useMe();
    const [open, setOpen] = useState(false);
    const many = reachesMany(me);
    useKeys({ o: () => setOpen(true) }, many);
    const name = <Name org={org} organization={organization} fallback={me.organizations} />;
    if (!many) return <div className={classes.only}>{name}</div>;
    return (
        <PopoverButton
            label={m.shell_switch()}
            name={`${m.shell_switch()}: ${organization?.name ?? m.shell_all()}`}
            width={320}
            open={open}
            onOpen={setOpen}
            className={classes.button}
            tour="switcher"
            button={
                <>
                    {name}
                    <IconSelector size={16} stroke={1.75} aria-hidden />
                </>
            }
        >
            <Choices current={org} onDone={() => setOpen(false)} />
        </PopoverButton>
    );
}

interface NameProps {
    org: string;
    organization: Organization | undefined;
    fallback: OrganizationSummary[];
}

function Name({ org, organization, fallback }: NameProps) {
    if (!org) {
        return (
            <>
                <StackedTiles />
                <span className={classes.name}>{m.shell_all()}</span>
            </>
        );
    }
    const known = organization ?? fallback.find(o => o.slug === org);
    if (!known) return <span className={classes.name}>{org}</span>;
    return (
        <>
            <Tile id={known.id} name={known.name} />
            <span className={classes.name}>{known.name}</span>
        </>
    );
}

function Choices({ current, onDone }: { current: string; onDone: () => void }) {
    const me = useMe();
    const navigate = useNavigate();
    const [query, setQuery] = useState('');
    const [late] = useDebouncedValue(query, 100);
    const found = useQuery({
        ...organizationsQuery(late.trim(), 30),
        placeholderData: keepPreviousData,
    });
    const kind = useRouterState({ select: state => state.location.pathname.split('/')[3] });
    const enter = (slug: string) => {
        onDone();
        // The page keeps its kind: Pages of one organization → Pages of the other.
        const to = kind === 'pages' ? '/o/$org/pages' : '/o/$org';
        void navigate({ to, params: { org: slug } });
    };
    const all: SearchItem = {
        id: 'all',
        label: m.shell_all(),
        detail: m.shell_all_words(),
        icon: <StackedTiles />,
        go: () => {
            onDone();
            void navigate({ to: '/organizations' });
        },
    };
    const shown = late.trim()
        ? (found.data?.items ?? [])
        : merge(me.organizations, found.data?.items ?? []);
    const items = shown.map(o => itemOf(o, current, () => enter(o.slug)));
    return (
        <SearchList
            label={m.shell_find_organization()}
            placeholder={m.shell_find_organization()}
            query={query}
            maxLength={limits.get_orgs.search.max}
            onQuery={setQuery}
            items={query.trim() ? items : [all, ...items]}
            busy={found.isFetching}
            empty={m.shell_no_match({ query: query.trim() })}
        />
    );
}

/** The person's own first, then what is in reach; each once. */
function merge(own: OrganizationSummary[], found: OrganizationSummary[]): OrganizationSummary[] {
    const ids = new Set(own.map(o => o.id));
    return [...own, ...found.filter(o => !ids.has(o.id))];
}

function itemOf(o: OrganizationSummary, current: string, go: () => void): SearchItem {
    const second = [o.parent?.name, o.kind === 'agency' ? m.shell_agency() : null];
    return {
        id: o.id,
        label: o.name,
        detail: second.filter(Boolean).join(' · ') || o.slug,
        icon: <Tile id={o.id} name={o.name} />,
        group: m.shell_organizations(),
        aside:
            o.slug === current ? (
                <IconCheck size={16} stroke={2} aria-label={m.shell_here()} />
            ) : null,
        go,
    };
}
