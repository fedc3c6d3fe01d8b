import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../api/client';
import { asProblem, type Problem } from '../../../api/problems';
import { m } from '../../../paraglide/messages.js';
import { sentence } from '../../../ui/problem';
import { moment } from '../../../ui/time';
import { toast } from '../../../ui/toast';
import { PUBLICATION, SCHEDULE } from '../queries';
import type { EditorModel } from './useEditor';

/** `at`: by itself, at that time. */
type Act = 'publish' | 'unpublish' | 'unschedule' | { at: string };

function done(act: Act): string {
    if (act === 'publish') return m.pages_is_live();
    if (act === 'unpublish') return m.pages_unpublished({ count: 1 });
    if (act === 'unschedule') return m.pages_unscheduled();
    return m.pages_goes_out({ date: moment(act.at) });
}

/** What is on the screen goes out: the draft is saved first, and its version is the one published. */
export function usePublication(
    org: string,
    editor: EditorModel,
    onRefused: (problem: Problem) => void = problem => toast(sentence(problem)),
) {
    const client = useQueryClient();
    const { id: page, language } = editor.page;
    const mutationKey = [org, 'publication', page, language];
    const send = (act: Act) => {
        const options = { path: { org, page, language }, ifMatch: editor.autosave.version };
        if (act === 'unschedule') return call('delete', SCHEDULE, options);
        if (act === 'unpublish') return call('delete', PUBLICATION, options);
        const body = act === 'publish' ? {} : { publish_at: act.at };
        return call('put', PUBLICATION, { ...options, body });
    };
    const mutation = useMutation({
        mutationKey,
        mutationFn: async (act: Act) => {
            const saved = await editor.autosave.flush();
            // A draft that is refused must not keep its own time.
            if (!saved && act !== 'unschedule') return null;
            return send(act).catch(error => {
                const problem = asProblem(error)!;
                if (problem.status === 412 && editor.autosave.overtaken(problem)) return send(act);
                throw problem;
            });
        },
        onSuccess: (answer, act) => {
            if (!answer) return void toast(m.pages_save_first());
            editor.adopt(answer.data, answer.etag ?? editor.autosave.version);
            toast(done(act));
        },
        onError: error => {
            const problem = asProblem(error)!;
            // Two versions: the editor's dialog says it.
            if (problem.status !== 412) onRefused(problem);
        },
    });
    /** The second click of a double click comes before the button is drawn as busy: one at a time. */
    const mutate: typeof mutation.mutate = (...args) => {
        if (client.isMutating({ mutationKey }) === 0) mutation.mutate(...args);
    };
    return { ...mutation, mutate };
}
