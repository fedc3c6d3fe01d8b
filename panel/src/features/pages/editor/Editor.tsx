import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe, useOrg, useOrganization } from '../../../api/queries';
import type { Language, Organization, Page, Theme } from '../../../api/types';
import { m } from '../../../paraglide/messages.js';
import { ProblemNote } from '../../../ui/ProblemNote';
import { Skeleton } from '../../../ui/Skeleton';
import { useIdle } from '../../../ui/useIdle';
import { pageQuery, themeQuery } from '../queries';
import { Conflict } from './Conflict';
import classes from './Editor.module.css';
import { EditorHeader } from './EditorHeader';
import { Preview, type PreviewWidth } from './Preview';
import { RICH_TEXT } from './SettingField';
import { SettingsPane } from './SettingsPane';
import { Structure } from './Structure';
import { useEditor } from './useEditor';
import { usePanes } from './usePanes';

/** Structure, preview, settings: the page as sections, saved as a draft while one types. */
export function Editor() {
    const org = useOrg();
    const { user } = useMe();
    const { page: id = '', language = 'en' } = useParams({ strict: false });
    const organization = useOrganization(org);
    const page = useQuery(pageQuery(org, id, language as Language));
    const theme = useQuery(themeQuery(org));
    const error = page.error ?? theme.error;
    if (error && !(page.data && theme.data)) {
        const again = () => void Promise.all([page.refetch(), theme.refetch()]);
        return (
            <main className={classes.alone}>
                <h1 className="only-read">{m.pages_title()}</h1>
                <ProblemNote
                    problem={error}
                    title={m.pages_failed_one()}
                    retry={again}
                    retrying={page.isFetching}
                >
                    <p>
                        <Link to="/o/$org/pages" params={{ org }}>
                            {m.pages_back()}
                        </Link>
                    </p>
                </ProblemNote>
            </main>
        );
    }
    if (!page.data || !theme.data || !organization) return <EditorSkeleton />;
    // A cached copy may be older than the server's; editing begins on what was asked now.
    if (page.isFetching && !page.isFetchedAfterMount) return <EditorSkeleton />;
    const { data, etag } = page.data;
    return (
        <Screen
            key={`${user.id}/${id}/${language}`}
            user={user.id}
            org={org}
            loaded={data}
            etag={etag ?? ''}
            theme={theme.data}
            organization={organization}
        />
    );
}

interface ScreenProps {
    user: string;
    org: string;
    loaded: Page;
    etag: string;
    theme: Theme;
    organization: Organization;
}

function Screen({ user, org, loaded, etag, theme, organization }: ScreenProps) {
    const mayEdit = organization.may.edit;
    const editor = useEditor(user, org, loaded, etag, mayEdit);
    const panes = usePanes();
    useIdle(RICH_TEXT.warm);
    const [width, setWidth] = useState<PreviewWidth>('wide');
    const [later, setLater] = useState(false);
    const select = (selection: typeof editor.selection) => {
        editor.select(selection);
        panes.showSettings();
    };
    return (
        <div
            className={classes.editor}
            data-structure={panes.structure || undefined}
            data-settings={panes.settings || undefined}
            data-pane={panes.one}
        >
            <EditorHeader
                org={org}
                editor={editor}
                mayEdit={mayEdit}
                width={width}
                onWidth={setWidth}
                panes={panes}
                onDecide={() => setLater(false)}
            />
            <main className={classes.panes}>
                <nav className={classes.structure} aria-label={m.pages_structure()}>
                    <Structure editor={{ ...editor, select }} theme={theme} mayEdit={mayEdit} />
                </nav>
                <div className={classes.canvas}>
                    <Preview org={org} editor={{ ...editor, select }} width={width} />
                </div>
                <section className={classes.settings} aria-label={m.pages_settings()}>
                    <SettingsPane
                        editor={editor}
                        theme={theme}
                        organization={organization}
                        mayEdit={mayEdit}
                    />
                </section>
            </main>
            {editor.save.state === 'conflict' && !later && (
                <Conflict org={org} editor={editor} theme={theme} onLater={() => setLater(true)} />
            )}
        </div>
    );
}

function EditorSkeleton() {
    return (
        <div className={classes.editor} data-structure data-settings data-pane="canvas">
            <div className={classes.header} />
            <main className={classes.panes}>
                <h1 className="only-read">{m.ui_loading()}</h1>
                <div className={`${classes.structure} ${classes.waits}`}>
                    <Skeleton lines={6} height={44} />
                </div>
                <div className={classes.canvas} />
                <div className={`${classes.settings} ${classes.waits}`}>
                    <Skeleton lines={8} />
                </div>
            </main>
        </div>
    );
}
