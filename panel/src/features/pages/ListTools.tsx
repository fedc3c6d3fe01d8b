import { IconRestore, IconTrash, IconTrashX, IconWorldUpload, IconX } from '@tabler/icons-react';
import * as limits from '../../api/limits';
import type { PageSummary } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { Button } from '../../ui/Button';
import { useKeys } from '../../ui/keys';
import { SearchField } from '../../ui/SearchField';
import classes from './ListTools.module.css';
import { type ListSearch, mayLeave } from './queries';
import type { ListActions } from './useListActions';

interface Props {
    search: ListSearch;
    onFind: (change: ListSearch) => void;
    selected: PageSummary[];
    onClear: () => void;
    actions: ListActions;
}

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** Search; with a selection its actions, in the same row, so that nothing moves. */
export function ListTools({ search, onFind, selected, onClear, actions }: Props) {
    useKeys({ Escape: onClear }, selected.length > 0);
    const leaving = selected.filter(mayLeave);
    if (selected.length > 0) {
        return (
            <div className={classes.tools}>
                <span className={`${classes.count} tabular`} role="status">
                    {m.pages_selected({ count: selected.length })}
                </span>
                {search.state === 'binned' ? (
                    <>
                        <Button
                            busy={actions.busy}
                            brief
                            icon={<IconRestore {...icon} />}
                            onClick={() => actions.restore(selected)}
                        >
                            {m.pages_restore()}
                        </Button>
                        <Button
                            disabled={actions.busy}
                            brief
                            icon={<IconTrashX {...icon} />}
                            onClick={() => actions.erase(selected)}
                        >
                            {m.pages_erase()}
                        </Button>
                    </>
                ) : (
                    <>
                        <Button
                            busy={actions.busy}
                            brief
                            icon={<IconWorldUpload {...icon} />}
                            onClick={() => actions.publish(selected)}
                        >
                            {m.pages_publish()}
                        </Button>
                        {leaving.length > 0 && (
                            <Button
                                disabled={actions.busy}
                                brief
                                icon={<IconTrash {...icon} />}
                                onClick={() => actions.bin(leaving)}
                            >
                                {m.pages_to_bin()}
                            </Button>
                        )}
                    </>
                )}
                <Button kind="quiet" brief icon={<IconX {...icon} />} onClick={onClear}>
                    {m.pages_clear_selection()}
                </Button>
            </div>
        );
    }
    return (
        <div className={classes.tools}>
            <SearchField
                label={m.pages_search()}
                value={search.search ?? ''}
                maxLength={limits.get_orgs_org_pages.search.max}
                onFind={text => onFind({ search: text || undefined })}
            />
        </div>
    );
}
