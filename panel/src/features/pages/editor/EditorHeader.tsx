import {
    IconArrowBackUp,
    IconArrowForwardUp,
    IconArrowLeft,
    IconDeviceDesktop,
    IconDeviceMobile,
    IconDeviceTablet,
    IconLayoutSidebar,
    IconLayoutSidebarRight,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { m } from '../../../paraglide/messages.js';
import { IconButton } from '../../../ui/Button';
import { MOD } from '../../../ui/keys';
import { useScreenTitle } from '../../../ui/PageHead';
import { StatePill } from '../../../ui/StatePill';
import classes from './EditorHeader.module.css';
import type { PreviewWidth } from './Preview';
import { PublishBar } from './PublishBar';
import { SaveNote } from './SaveNote';
import type { EditorModel } from './useEditor';
import type { OnePane, Panes } from './usePanes';

interface Props {
    org: string;
    editor: EditorModel;
    mayEdit: boolean;
    width: PreviewWidth;
    onWidth: (width: PreviewWidth) => void;
    panes: Panes;
    onDecide: () => void;
}

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

export function EditorHeader({ org, editor, mayEdit, width, onWidth, panes, onDecide }: Props) {
    const heading = useScreenTitle(editor.draft.title);
    return (
        <header className={classes.header}>
            <div className={classes.left}>
                <Link
                    to="/o/$org/pages"
                    params={{ org }}
                    className={`ui-icon-button ${classes.back}`}
                    aria-label={m.pages_back()}
                    title={m.pages_back()}
                >
                    <IconArrowLeft {...icon} />
                </Link>
                <div className={classes.heading}>
                    <h1
                        ref={heading}
                        tabIndex={-1}
                        className={classes.title}
                        title={editor.draft.title}
                        aria-label={m.pages_editing({ title: editor.draft.title })}
                    >
                        {editor.draft.title}
                    </h1>
                    <span className={classes.state}>
                        <StatePill state={editor.page.state} />
                    </span>
                </div>
            </div>
            <Views
                editor={editor}
                mayEdit={mayEdit}
                width={width}
                onWidth={onWidth}
                panes={panes}
            />
            <div className={classes.right}>
                {mayEdit ? (
                    <SaveNote save={editor.save} onDecide={onDecide} />
                ) : (
                    <span className={classes.look}>{m.pages_only_look()}</span>
                )}
                {mayEdit && <PublishBar org={org} editor={editor} />}
            </div>
            <div className={classes.second}>
                <StatePill state={editor.page.state} />
                {mayEdit && <Steps editor={editor} />}
            </div>
            <PaneTabs panes={panes} />
        </header>
    );
}

const WIDTHS = [
    ['wide', m.pages_width_wide, IconDeviceDesktop],
    ['tablet', m.pages_width_tablet, IconDeviceTablet],
    ['phone', m.pages_width_phone, IconDeviceMobile],
] as const;

function Views({ editor, mayEdit, width, onWidth, panes }: Omit<Props, 'org' | 'onDecide'>) {
    return (
        <div className={classes.views} role="toolbar" aria-label={m.pages_view_tools()}>
            <IconButton
                label={m.pages_toggle_structure()}
                pressed={panes.structure}
                onClick={panes.toggleStructure}
            >
                <IconLayoutSidebar {...icon} />
            </IconButton>
            <div className={classes.widths}>
                {WIDTHS.map(([value, words, Icon]) => (
                    <IconButton
                        key={value}
                        small
                        label={words()}
                        pressed={width === value}
                        onClick={() => onWidth(value)}
                    >
                        <Icon {...icon} />
                    </IconButton>
                ))}
            </div>
            {mayEdit && <Steps editor={editor} />}
            <IconButton
                label={m.pages_toggle_settings()}
                pressed={panes.settings}
                onClick={panes.toggleSettings}
            >
                <IconLayoutSidebarRight {...icon} />
            </IconButton>
        </div>
    );
}

function Steps({ editor }: { editor: EditorModel }) {
    return (
        <div className={classes.steps}>
            <IconButton
                label={m.pages_undo()}
                shortcut={`${MOD} Z`}
                disabled={!editor.canUndo}
                onClick={editor.undo}
            >
                <IconArrowBackUp {...icon} />
            </IconButton>
            <IconButton
                label={m.pages_redo()}
                shortcut={`${MOD} Shift Z`}
                disabled={!editor.canRedo}
                onClick={editor.redo}
            >
                <IconArrowForwardUp {...icon} />
            </IconButton>
        </div>
    );
}

const TABS: [OnePane, () => string][] = [
    ['structure', m.pages_structure],
    ['canvas', m.pages_preview],
    ['settings', m.pages_settings],
];

/** On a narrow screen one pane at a time. */
function PaneTabs({ panes }: { panes: Panes }) {
    return (
        <div className={classes.tabs} role="group" aria-label={m.pages_panes()}>
            {TABS.map(([pane, words]) => (
                <button
                    key={pane}
                    type="button"
                    aria-pressed={panes.one === pane}
                    onClick={() => panes.showOne(pane)}
                >
                    {words()}
                </button>
            ))}
        </div>
    );
}
