import * as limits from '../../../api/limits';
import type { Organization } from '../../../api/types';
import { m } from '../../../paraglide/messages.js';
import { SwitchField, TextAreaField, TextField } from '../../../ui/fields';
import { slugOf, slugTyped } from '../../../ui/slug';
import type { Draft } from './draft';
import { ScheduleNote } from './ScheduleNote';
import classes from './SettingsPane.module.css';
import type { EditorModel } from './useEditor';

/** The wrong fields that it tells in their places. */
export const PAGE_FIELDS = ['/title', '/slug', '/seo/title', '/seo/description'];

const SLUG_MAX = limits.EditPage.slug.max;

/** Title, address, and how the page is found. */
export function PageSettings({
    editor,
    organization,
}: {
    editor: EditorModel;
    organization: Organization;
}) {
    const { draft, page } = editor;
    const set = (change: Partial<Draft>, what: string) =>
        editor.change({ ...draft, ...change }, what);
    const setSeo = (change: Partial<Draft['seo']>) =>
        set({ seo: { ...draft.seo, ...change } }, Object.keys(change)[0]!);
    const errors = Object.fromEntries(
        (editor.save.problem?.fields ?? []).map(f => [f.pointer, f.detail]),
    );
    const home = page.template === 'home';
    return (
        <>
            <h2 className={classes.title}>{m.pages_page_settings()}</h2>
            {page.publish_at && (
                <ScheduleNote org={organization.slug} editor={editor} at={page.publish_at} />
            )}
            <TextField
                label={m.pages_column_title()}
                value={draft.title}
                maxLength={limits.EditPage.title.max}
                error={draft.title.trim() ? errors['/title'] : m.ui_required()}
                onChange={event => set({ title: event.currentTarget.value }, 'title')}
            />
            <TextField
                label={m.pages_address()}
                help={home ? m.pages_address_home() : undefined}
                value={home ? '/' : draft.slug}
                disabled={home}
                maxLength={SLUG_MAX}
                spellCheck={false}
                error={errors['/slug']}
                onChange={event =>
                    set({ slug: slugTyped(event.currentTarget.value, SLUG_MAX) }, 'slug')
                }
                onBlur={() =>
                    draft.slug.endsWith('-') && set({ slug: slugOf(draft.slug, SLUG_MAX) }, 'slug')
                }
            />
            <h3 className={classes.group}>{m.pages_found()}</h3>
            <Found draft={draft} url={page.url} site={organization.name} />
            <TextField
                label={m.pages_seo_title()}
                placeholder={draft.title}
                value={draft.seo.title ?? ''}
                maxLength={limits.EditSeo.title.max}
                error={errors['/seo/title']}
                onChange={event => setSeo({ title: event.currentTarget.value || null })}
            />
            <TextAreaField
                label={m.pages_seo_description()}
                help={m.pages_seo_description_help()}
                value={draft.seo.description ?? ''}
                maxLength={limits.EditSeo.description.max}
                rows={3}
                error={errors['/seo/description']}
                onChange={event => setSeo({ description: event.currentTarget.value || null })}
            />
            <SwitchField
                label={m.pages_seo_list()}
                help={organization.verified ? undefined : m.pages_seo_unverified()}
                checked={!draft.seo.noindex}
                onChange={listed => setSeo({ noindex: !listed })}
            />
        </>
    );
}

/** How a search engine may show it: the title as the site writes it. */
function Found({ draft, url, site }: { draft: Draft; url: string; site: string }) {
    const title = draft.seo.title || draft.title;
    return (
        <div className={classes.found}>
            <bdi dir="ltr" className={classes.foundAddress}>
                {url.replace(/^https?:\/\//, '')}
            </bdi>
            <span className={classes.foundTitle}>
                {title === site ? title : `${title} – ${site}`}
            </span>
            <span className={classes.foundWords}>
                {draft.seo.description || m.pages_seo_none()}
            </span>
        </div>
    );
}
