import { IconFileSearch, IconFileText, IconPlus, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useOrg, useOrganization } from '../../api/queries';
import type { PageList, PageSummary } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { PageHead } from '../../ui/PageHead';
import { ProblemNote } from '../../ui/ProblemNote';
import { SkeletonRows } from '../../ui/Skeleton';
import { ViewTabs } from '../../ui/Tabs';
import { count } from '../../ui/time';
import { EraseDialog } from './EraseDialog';
import { ListTools } from './ListTools';
import { NewPageDialog } from './NewPageDialog';
import classes from './PagesList.module.css';
import { PagesTable } from './PagesTable';
import { keyOf, type ListSearch, pagesQuery } from './queries';
import { useListActions } from './useListActions';

const VIEWS = [
    ['all', m.pages_view_all],
    ['published', m.ui_state_published],
    ['changed', m.pages_view_changed],
    ['draft', m.ui_state_draft],
    ['scheduled', m.ui_state_scheduled],
    ['binned', m.pages_view_bin],
] as const;

export function PagesList() {
    const org = useOrg();
    const navigate = useNavigate();
    const search: ListSearch = useSearch({ strict: false });
    const organization = useOrganization(org);
    const list = useInfiniteQuery(pagesQuery(org, search));
    const pages = useMemo(() => list.data?.pages.flatMap(part => part.items) ?? [], [list.data]);
    const counts = list.data?.pages[0]?.counts;
    const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
    const [doomed, setDoomed] = useState<PageSummary[]>([]);
    const forgetSelection = () => setSelected(new Set());
    const actions = useListActions(org, forgetSelection, setDoomed);
    const mayEdit = organization?.may.edit ?? false;
    // Where there is nothing, there is nothing to search and to sort: one line, one action.
    const bare = counts?.all === 0 && counts.binned === 0 && !search.search && !search.state;
    const find = (change: ListSearch) => {
        setSelected(new Set());
        void navigate({
            to: '/o/$org/pages',
            params: { org },
            search: { ...search, new: undefined, ...change },
            replace: true,
        });
    };
    return (
        <div className={classes.screen}>
            <PageHead
                title={m.pages_title()}
                sub={
                    counts
                        ? m.pages_count({ count: counts.all, shown: count(counts.all) })
                        : '\u00a0'
                }
                actions={mayEdit && !bare && <NewPage onClick={() => find({ new: true })} />}
            />
            {!bare && (
                <>
                    <ViewTabs
                        label={m.pages_views()}
                        value={search.state ?? 'all'}
                        tabs={tabsOf(counts)}
                        onChange={view => find({ state: view === 'all' ? undefined : view })}
                    />
                    <ListTools
                        search={search}
                        onFind={find}
                        selected={pages.filter(page => selected.has(keyOf(page)))}
                        onClear={forgetSelection}
                        actions={actions}
                    />
                </>
            )}
            {list.error && (
                <ProblemNote
                    problem={list.error}
                    title={m.pages_failed()}
                    retry={() => list.refetch()}
                    retrying={list.isFetching}
                />
            )}
            {list.isPending && <SkeletonRows label={m.ui_loading()} rows={10} />}
            {list.isSuccess && pages.length === 0 && (
                <Nothing search={search} onFind={find} mayEdit={mayEdit} />
            )}
            {pages.length > 0 && (
                <PagesTable
                    pages={pages}
                    total={totalOf(counts, search) ?? pages.length}
                    search={search}
                    onFind={find}
                    selected={selected}
                    onSelect={setSelected}
                    onMore={() =>
                        list.hasNextPage && !list.isFetchingNextPage && list.fetchNextPage()
                    }
                    actions={actions}
                    mayEdit={mayEdit}
                    languages={organization?.languages.length ?? 1}
                />
            )}
            <EraseDialog
                org={org}
                pages={doomed}
                onClose={() => setDoomed([])}
                onDone={forgetSelection}
            />
            <NewPageDialog
                open={search.new === true && mayEdit}
                onClose={() => find({ new: undefined })}
            />
        </div>
    );
}

function tabsOf(counts: PageList['counts'] | undefined) {
    return VIEWS.map(([value, words]) => ({
        value,
        label: words(),
        count: counts && value !== 'all' ? count(counts[value]) : undefined,
    }));
}

function totalOf(counts: PageList['counts'] | undefined, { search, state }: ListSearch) {
    return search ? undefined : counts?.[state ?? 'all'];
}

function NewPage({ onClick }: { onClick: () => void }) {
    return (
        <Button kind="primary" icon={<IconPlus size={18} stroke={1.75} />} onClick={onClick}>
            {m.pages_new()}
        </Button>
    );
}

interface NothingProps {
    search: ListSearch;
    onFind: (change: ListSearch) => void;
    mayEdit: boolean;
}

function Nothing({ search, onFind, mayEdit }: NothingProps) {
    if (search.search) {
        return (
            <EmptyState
                icon={<IconFileSearch size={32} stroke={1.5} />}
                title={m.pages_no_match({ query: search.search })}
                action={
                    <Button onClick={() => onFind({ search: undefined })}>
                        {m.ui_clear_search()}
                    </Button>
                }
            >
                {m.pages_no_match_words()}
            </EmptyState>
        );
    }
    const icon = <IconFileText size={32} stroke={1.5} />;
    if (search.state) {
        const all = (
            <Button onClick={() => onFind({ state: undefined })}>{m.pages_show_all()}</Button>
        );
        if (search.state !== 'binned')
            return <EmptyState icon={icon} title={m.pages_none_in_view()} action={all} />;
        return (
            <EmptyState
                icon={<IconTrash size={32} stroke={1.5} />}
                title={m.pages_bin_empty()}
                action={all}
            >
                {m.pages_bin_empty_words()}
            </EmptyState>
        );
    }
    return (
        <EmptyState
            icon={icon}
            title={m.pages_none()}
            action={mayEdit && <NewPage onClick={() => onFind({ new: true })} />}
        >
            {m.pages_none_words()}
        </EmptyState>
    );
}
