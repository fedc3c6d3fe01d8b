import { useMutation } from '@tanstack/react-query';
import type { PageSummary } from '../../api/types';
import { m } from '../../paraglide/messages.js';
import { isProblem, sentence } from '../../ui/problem';
import { toast } from '../../ui/toast';
import {
    publishNewest,
    unpublishNewest,
    unscheduleNewest,
    useBin,
    useForgetLists,
} from './queries';

/** What a list does with pages: done at once, said in one line, taken back where that is possible. */
export interface ListActions {
    publish: (pages: PageSummary[]) => void;
    unpublish: (pages: PageSummary[]) => void;
    /** Takes back the time `at` of a page's next publication. */
    unschedule: (page: PageSummary, at: string) => void;
    bin: (pages: PageSummary[]) => void;
    restore: (pages: PageSummary[]) => void;
    /** Asks first: nothing brings them back. */
    erase: (pages: PageSummary[]) => void;
    busy: boolean;
}

type WayBack = NonNullable<Awaited<ReturnType<typeof unpublishNewest>>>;

const say = (error: unknown) => toast(isProblem(error) ? sentence(error) : m.ui_problem_unknown());

export function useListActions(
    org: string,
    onDone: () => void,
    onErase: (pages: PageSummary[]) => void,
): ListActions {
    const forget = useForgetLists(org);
    const { bin, restore } = useBin(org);
    const publish = useMutation({
        mutationFn: async (pages: PageSummary[]) => {
            for (const page of pages) await publishNewest(org, page.id, page.language);
        },
        onSuccess: (_, pages) => {
            toast(m.pages_published({ count: pages.length }));
            onDone();
        },
        onError: say,
        onSettled: forget,
    });
    const comeBack = useMutation({
        mutationFn: async (ways: WayBack[]) => {
            for (const way of ways) await way();
        },
        onSuccess: (_, ways) => toast(m.pages_published({ count: ways.length })),
        onError: say,
        onSettled: forget,
    });
    const unpublish = useMutation({
        mutationFn: async (pages: PageSummary[]) => {
            const ways: (WayBack | null)[] = [];
            for (const page of pages) ways.push(await unpublishNewest(org, page.id, page.language));
            return ways;
        },
        onSuccess: ways => {
            const back = ways.filter(way => way !== null);
            const count = ways.length;
            // Undo that brings back less than was taken, or something else, would be none.
            if (back.length < count) toast(m.pages_unpublished_edited({ count }));
            else toast(m.pages_unpublished({ count }), () => comeBack.mutate(back));
            onDone();
        },
        onError: say,
        onSettled: forget,
    });
    const schedule = useMutation({
        mutationFn: ({ page, at }: { page: PageSummary; at: string }) =>
            publishNewest(org, page.id, page.language, at),
        onError: say,
        onSettled: forget,
    });
    const unschedule = useMutation({
        mutationFn: ({ page }: { page: PageSummary; at: string }) =>
            unscheduleNewest(org, page.id, page.language),
        onSuccess: (_, taken) => toast(m.pages_unscheduled(), () => schedule.mutate(taken)),
        onError: say,
        onSettled: forget,
    });
    const toBin = (pages: PageSummary[]) => {
        const ids = [...new Set(pages.map(page => page.id))];
        const undo = () => restore.mutate(ids, { onError: say });
        bin.mutate(ids, {
            onSuccess: () => {
                toast(m.pages_binned({ count: ids.length }), undo);
                onDone();
            },
            onError: say,
        });
    };
    const fromBin = (pages: PageSummary[]) => {
        const ids = [...new Set(pages.map(page => page.id))];
        restore.mutate(ids, {
            onSuccess: () => {
                toast(m.pages_restored({ count: ids.length }));
                onDone();
            },
            onError: say,
        });
    };
    return {
        publish: publish.mutate,
        unpublish: unpublish.mutate,
        unschedule: (page, at) => unschedule.mutate({ page, at }),
        bin: toBin,
        restore: fromBin,
        erase: onErase,
        busy: publish.isPending || unpublish.isPending || bin.isPending || restore.isPending,
    };
}
