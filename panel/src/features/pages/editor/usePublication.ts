import { useMutation } from '@tanstack/react-query';
import { call } from '../../../api/client';
import { asProblem } from '../../../api/problems';
import { m } from '../../../paraglide/messages.js';
import { sentence } from '../../../ui/problem';
import { toast } from '../../../ui/toast';
import { PUBLICATION, SCHEDULE } from '../queries';
import type { EditorModel } from './useEditor';

type Act = 'publish' | 'unpublish' | 'unschedule';

const DONE: Record<Act, () => string> = {
    publish: m.pages_is_live,
    unpublish: () => m.pages_unpublished({ count: 1 }),
    unschedule: m.pages_unscheduled,
};

/** What is on the screen goes out: the draft is saved first, and its version is the one published. */
export function usePublication(org: string, editor: EditorModel) {
    const { id: page, language } = editor.page;
    const send = (act: Act) => {
        const options = { path: { org, page, language }, ifMatch: editor.autosave.version };
        if (act === 'unschedule') return call('delete', SCHEDULE, options);
        if (act === 'unpublish') return call('delete', PUBLICATION, options);
        return call('put', PUBLICATION, { ...options, body: {} });
    };
    return useMutation({
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
            if (!answer) return toast(m.pages_save_first());
            editor.adopt(answer.data, answer.etag ?? editor.autosave.version);
            toast(DONE[act]());
        },
        onError: error => {
            const problem = asProblem(error)!;
            // Two versions: the editor's dialog says it.
            if (problem.status !== 412) toast(sentence(problem));
        },
    });
}
