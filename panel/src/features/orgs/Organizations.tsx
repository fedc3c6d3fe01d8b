import { IconBuilding, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import * as limits from '../../api/limits';
import { useMe } from '../../api/queries';
import { m } from '../../paraglide/messages.js';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { PageHead } from '../../ui/PageHead';
import { ProblemNote } from '../../ui/ProblemNote';
import { SearchField } from '../../ui/SearchField';
import { SkeletonRows } from '../../ui/Skeleton';
import { CreateDialog } from './CreateDialog';
import classes from './Organizations.module.css';
import { OrganizationsTable } from './OrganizationsTable';
import { organizationListQuery, parentsOf } from './queries';

/** Everything in one's reach; for agencies, where new clients begin. */
export function Organizations() {
    const me = useMe();
    const navigate = useNavigate();
    const { search, new: creating } = useSearch({ strict: false });
    const list = useInfiniteQuery(organizationListQuery(search ?? ''));
    const items = list.data?.pages.flatMap(part => part.items) ?? [];
    const mayCreate = parentsOf(me.organizations).length > 0 || me.user.role === 'superadmin';
    const go = (next: { search?: string | undefined; new?: true | undefined }) =>
        void navigate({ to: '/organizations', search: { search, ...next }, replace: true });
    const create = (
        <Button
            kind="primary"
            icon={<IconPlus size={18} stroke={1.75} />}
            onClick={() => go({ new: true })}
        >
            {m.orgs_new()}
        </Button>
    );
    return (
        <div className={classes.screen}>
            <PageHead title={m.orgs_title()} sub={m.orgs_sub()} actions={mayCreate && create} />
            <SearchField
                label={m.orgs_search()}
                value={search ?? ''}
                maxLength={limits.get_orgs.search.max}
                onFind={text => go({ search: text || undefined, new: undefined })}
            />
            {list.error && (
                <ProblemNote
                    problem={list.error}
                    title={m.orgs_failed()}
                    retry={() => list.refetch()}
                    retrying={list.isFetching}
                />
            )}
            {list.isPending && <SkeletonRows label={m.ui_loading()} />}
            {list.isSuccess && items.length === 0 && (
                <EmptyState
                    icon={<IconBuilding size={32} stroke={1.5} />}
                    title={search ? m.orgs_no_match({ query: search }) : m.orgs_none()}
                    action={
                        search ? (
                            <Button onClick={() => go({ search: undefined })}>
                                {m.ui_clear_search()}
                            </Button>
                        ) : (
                            mayCreate && create
                        )
                    }
                />
            )}
            {items.length > 0 && <OrganizationsTable items={items} />}
            {list.hasNextPage && (
                <div>
                    <Button busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
                        {m.orgs_more()}
                    </Button>
                </div>
            )}
            <CreateDialog
                open={creating === true && mayCreate}
                onClose={() => go({ new: undefined })}
            />
        </div>
    );
}
