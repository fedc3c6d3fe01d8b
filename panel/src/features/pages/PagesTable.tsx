import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useOrg } from '../../api/queries';
import type { PageSummary } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { useKeys } from '../../ui/keys';
import { PageRow } from './PageRow';
import classes from './PagesTable.module.css';
import { keyOf, type ListSearch } from './queries';
import { RowMenu } from './RowMenu';
import type { ListActions } from './useListActions';
import { useRowHeight } from './useRowHeight';
import { useUnsaved } from './useUnsaved';

interface Props {
    pages: PageSummary[];
    total: number;
    search: ListSearch;
    onFind: (change: ListSearch) => void;
    selected: ReadonlySet<string>;
    onSelect: (selected: ReadonlySet<string>) => void;
    onMore: () => void;
    actions: ListActions;
    mayEdit: boolean;
    languages: number;
}

const AHEAD = 40;

/** Rows are plain elements; one menu serves them all. Only what is in sight is in the document. */
export function PagesTable(props: Props) {
    const { pages, total, selected, onSelect, onMore, actions, mayEdit } = props;
    const scroller = useRef<HTMLDivElement>(null);
    const rowHeight = useRowHeight();
    const unsaved = useUnsaved(useOrg());
    const rows = useVirtualizer({
        count: pages.length,
        getScrollElement: () => scroller.current,
        estimateSize: () => rowHeight,
        overscan: 8,
    });
    // biome-ignore lint/correctness/useExhaustiveDependencies: another height measures anew
    useEffect(() => rows.measure(), [rowHeight]);
    const visible = rows.getVirtualItems();
    const last = visible.at(-1)?.index ?? 0;
    // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each reached end
    useEffect(() => {
        if (last >= pages.length - AHEAD) onMore();
    }, [last, pages.length]);

    // One function for ever, so that a row is drawn anew only when it changes itself.
    const selection = useRef({ selected, onSelect });
    selection.current = { selected, onSelect };
    const toggle = useCallback((id: string) => {
        const next = new Set(selection.current.selected);
        if (!next.delete(id)) next.add(id);
        selection.current.onSelect(next);
    }, []);
    const [menu, setMenu] = useState<{ page: PageSummary; anchor: HTMLElement } | null>(null);
    const [active, setActive] = useActiveRow(pages, index => rows.scrollToIndex(index), toggle);
    return (
        <div
            ref={scroller}
            className={classes.scroller}
            tabIndex={0}
            role="region"
            aria-label={m.pages_title()}
        >
            <div
                role="table"
                aria-rowcount={total + 1}
                aria-label={m.pages_title()}
                className={classes.table}
                data-languages={props.languages > 1 || undefined}
                data-edit={mayEdit || undefined}
            >
                <Head {...props} />
                <div
                    role="rowgroup"
                    className={classes.body}
                    ref={el => el?.style.setProperty('block-size', `${rows.getTotalSize()}px`)}
                >
                    {visible.map(({ index, start }) => {
                        const page = pages[index]!;
                        return (
                            <PageRow
                                key={keyOf(page)}
                                page={page}
                                index={index}
                                top={start}
                                unsaved={unsaved.has(keyOf(page))}
                                selected={selected.has(keyOf(page))}
                                active={active === index}
                                selectable={mayEdit}
                                onToggle={toggle}
                                onActive={setActive}
                                onMenu={(opened, anchor) => setMenu({ page: opened, anchor })}
                            />
                        );
                    })}
                </div>
            </div>
            {menu && (
                <RowMenu
                    {...menu}
                    mayEdit={mayEdit}
                    actions={actions}
                    onClose={() => setMenu(null)}
                />
            )}
        </div>
    );
}

/** j, k, x, e and Enter walk the list. */
function useActiveRow(
    pages: PageSummary[],
    show: (index: number) => void,
    toggle: (id: string) => void,
) {
    const [active, setActive] = useState(-1);
    const navigate = useNavigate();
    const org = useOrg();
    const move = (step: number) => {
        const next = Math.min(pages.length - 1, Math.max(0, active + step));
        setActive(next);
        show(next);
        requestAnimationFrame(() => {
            document
                .querySelector<HTMLElement>(`[data-row="${next}"] a`)
                ?.focus({ preventScroll: true });
        });
    };
    const edit = () => {
        const page = pages[active];
        if (!page || page.state === 'binned') return;
        const params = { org, page: page.id, language: page.language };
        void navigate({ to: '/o/$org/pages/$page/$language', params });
    };
    useKeys({
        j: () => move(1),
        k: () => move(-1),
        e: edit,
        x: () => {
            const page = pages[active];
            if (page) toggle(keyOf(page));
        },
    });
    return [active, setActive] as const;
}

function Head({ pages, search, onFind, selected, onSelect, mayEdit, languages }: Props) {
    const some = selected.size > 0;
    const all = some && pages.every(page => selected.has(keyOf(page)));
    const box = useRef<HTMLInputElement>(null);
    useEffect(() => {
        if (box.current) box.current.indeterminate = some && !all;
    }, [some, all]);
    return (
        <div role="rowgroup" className={classes.head}>
            <div role="row" aria-rowindex={1} className={classes.row}>
                {mayEdit && (
                    <span role="columnheader" className={classes.check}>
                        <input
                            ref={box}
                            type="checkbox"
                            className={classes.box}
                            checked={all}
                            aria-label={m.pages_select_all()}
                            onChange={() => onSelect(all ? new Set() : new Set(pages.map(keyOf)))}
                        />
                    </span>
                )}
                <SortHead
                    label={m.pages_column_title()}
                    on={search.sort === 'title'}
                    direction="ascending"
                    className={classes.title}
                    onClick={() => onFind({ sort: 'title' })}
                />
                {languages > 1 && (
                    <span role="columnheader" className={classes.language}>
                        {m.pages_column_language()}
                    </span>
                )}
                <span role="columnheader" className={classes.state}>
                    {m.pages_column_state()}
                </span>
                <span role="columnheader" className={classes.by}>
                    {m.pages_column_by()}
                </span>
                <SortHead
                    label={m.pages_column_edited()}
                    on={search.sort !== 'title'}
                    direction="descending"
                    className={classes.edited}
                    onClick={() => onFind({ sort: undefined })}
                />
                <span role="columnheader" className={classes.menu}>
                    <span className="only-read">{m.pages_column_actions()}</span>
                </span>
            </div>
        </div>
    );
}

interface SortProps {
    label: string;
    on: boolean;
    direction: 'ascending' | 'descending';
    className: string | undefined;
    onClick: () => void;
}

function SortHead({ label, on, direction, className, onClick }: SortProps) {
    const Arrow = direction === 'ascending' ? IconArrowUp : IconArrowDown;
    return (
        <span role="columnheader" aria-sort={on ? direction : 'none'} className={className}>
            <button type="button" className={classes.sort} onClick={onClick}>
                {label}
                {on && <Arrow size={14} stroke={2} aria-hidden />}
            </button>
        </span>
    );
}
