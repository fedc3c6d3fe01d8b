import {
    IconBlockquote,
    IconBold,
    IconH2,
    IconH3,
    IconItalic,
    IconLink,
    IconList,
    IconListNumbers,
} from '@tabler/icons-react';
import { type Editor, EditorContent, useEditor, useEditorState } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { m } from '../../../paraglide/messages.js';
import { Button, IconButton } from '../../../ui/Button';
import { TextField } from '../../../ui/fields';
import { MOD } from '../../../ui/keys';
import { linkTarget } from './links';
import classes from './RichTextField.module.css';
import { openable, pasted } from './richtext';

interface Props {
    label: string;
    help: string | undefined;
    error: string | undefined;
    value: unknown;
    onChange: (value: unknown) => void;
}

/** Only what the server takes (src/cms/richtext). */
const EXTENSIONS = [
    StarterKit.configure({
        heading: { levels: [2, 3, 4] },
        strike: false,
        underline: false,
        trailingNode: false,
        undoRedo: false, // the screen has the one history
        link: {
            openOnClick: false,
            HTMLAttributes: { target: null, rel: null },
            isAllowedUri: url => linkTarget(url) !== null,
        },
    }),
];

export function RichTextField({ label, help, error, value, onChange }: Props) {
    const id = useId();
    const [linking, setLinking] = useState(false);
    // What this field said last: whatever else comes in is somebody else's, or an undo.
    const said = useRef<unknown>(value);
    const latest = useRef(onChange);
    latest.current = onChange;
    const editor = useEditor({
        extensions: EXTENSIONS,
        content: openable(value),
        shouldRerenderOnTransaction: false,
        injectCSS: false, // the page's policy allows no style but the files'
        editorProps: {
            attributes: {
                role: 'textbox',
                'aria-multiline': 'true',
                'aria-labelledby': `${id}-label`,
                ...(help ? { 'aria-describedby': `${id}-help` } : {}),
                class: classes.text!,
            },
            transformPastedHTML: pasted,
            // True leaves the event to the screen: else the library would swallow the keys of undo.
            handleDOMEvents: { keydown: (_, event) => isOfHistory(event) },
            handleKeyDown: (_, event) => {
                if (!(event.ctrlKey || event.metaKey) || event.key !== 'k') return false;
                event.preventDefault();
                setLinking(true);
                return true;
            },
        },
        onUpdate: ({ editor: changed }) => {
            said.current = changed.getJSON();
            latest.current(said.current);
        },
    });
    useEffect(() => {
        if (value === said.current) return;
        said.current = value;
        if (editor) replace(editor, value);
    }, [editor, value]);

    return (
        <div className={classes.field}>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: as a label does for an input */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the text itself is in the tab order */}
            <span id={`${id}-label`} className="ui-label" onClick={() => editor?.commands.focus()}>
                {label}
            </span>
            {help && (
                <p id={`${id}-help`} className="ui-help">
                    {help}
                </p>
            )}
            <div className={`ui-input ${classes.box}`}>
                {editor && (
                    <Toolbar editor={editor} label={label} onLink={() => setLinking(!linking)} />
                )}
                {editor && linking && <LinkRow editor={editor} onDone={() => setLinking(false)} />}
                <EditorContent editor={editor} />
            </div>
            {error && (
                <p className="ui-error" role="status">
                    {error}
                </p>
            )}
        </div>
    );
}

const isOfHistory = (event: globalThis.KeyboardEvent) =>
    (event.ctrlKey || event.metaKey) && ['z', 'y'].includes(event.key.toLowerCase());

/** Another content, with the cursor where it was: an undo must not throw it to the end. */
function replace(editor: Editor, value: unknown) {
    const { from } = editor.state.selection;
    editor.commands.setContent(openable(value), { emitUpdate: false });
    editor.commands.setTextSelection(Math.min(from, editor.state.doc.content.size));
}

function marksOf({ editor }: { editor: Editor }) {
    return {
        bold: editor.isActive('bold'),
        italic: editor.isActive('italic'),
        link: editor.isActive('link'),
        h2: editor.isActive('heading', { level: 2 }),
        h3: editor.isActive('heading', { level: 3 }),
        bullets: editor.isActive('bulletList'),
        numbers: editor.isActive('orderedList'),
        quote: editor.isActive('blockquote'),
    };
}

/** One stop for Tab; arrows walk within (WAI-ARIA, toolbar). */
function Toolbar({ editor, label, onLink }: { editor: Editor; label: string; onLink: () => void }) {
    const on = useEditorState({ editor, selector: marksOf });
    const bar = useRef<HTMLDivElement>(null);
    const [stop, setStop] = useState(0);
    const run = (change: (chain: ReturnType<Editor['chain']>) => typeof chain) =>
        change(editor.chain().focus()).run();
    const tools = [
        {
            label: m.pages_rich_bold(),
            shortcut: `${MOD}+B`,
            icon: IconBold,
            pressed: on.bold,
            act: () => run(chain => chain.toggleBold()),
        },
        {
            label: m.pages_rich_italic(),
            shortcut: `${MOD}+I`,
            icon: IconItalic,
            pressed: on.italic,
            act: () => run(chain => chain.toggleItalic()),
        },
        {
            label: m.pages_rich_link(),
            shortcut: `${MOD}+K`,
            icon: IconLink,
            pressed: on.link,
            act: onLink,
        },
        {
            label: m.pages_rich_heading(),
            icon: IconH2,
            pressed: on.h2,
            act: () => run(chain => chain.toggleHeading({ level: 2 })),
        },
        {
            label: m.pages_rich_subheading(),
            icon: IconH3,
            pressed: on.h3,
            act: () => run(chain => chain.toggleHeading({ level: 3 })),
        },
        {
            label: m.pages_rich_bullets(),
            icon: IconList,
            pressed: on.bullets,
            act: () => run(chain => chain.toggleBulletList()),
        },
        {
            label: m.pages_rich_numbers(),
            icon: IconListNumbers,
            pressed: on.numbers,
            act: () => run(chain => chain.toggleOrderedList()),
        },
        {
            label: m.pages_rich_quote(),
            icon: IconBlockquote,
            pressed: on.quote,
            act: () => run(chain => chain.toggleBlockquote()),
        },
    ];
    const walk = (event: KeyboardEvent) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        const next = (stop + step + tools.length) % tools.length;
        setStop(next);
        bar.current?.querySelectorAll('button')[next]?.focus();
    };
    return (
        <div
            ref={bar}
            role="toolbar"
            aria-label={m.pages_rich_toolbar({ label })}
            className={classes.tools}
            onKeyDown={walk}
        >
            {tools.map(({ icon: Icon, act, ...tool }, index) => (
                <IconButton
                    key={tool.label}
                    small
                    {...tool}
                    tabIndex={index === stop ? 0 : -1}
                    onClick={act}
                >
                    <Icon size={18} stroke={1.75} aria-hidden />
                </IconButton>
            ))}
        </div>
    );
}

/** Where the marked words lead. */
function LinkRow({ editor, onDone }: { editor: Editor; onDone: () => void }) {
    const before = (editor.getAttributes('link').href as string | undefined) ?? '';
    const [typed, setTyped] = useState(before);
    const [wrong, setWrong] = useState(false);
    const done = () => {
        editor.commands.focus();
        onDone();
    };
    const set = () => {
        const href = linkTarget(typed);
        if (!href) return setWrong(true);
        const chain = editor.chain().focus().extendMarkRange('link');
        if (editor.state.selection.empty && !before) {
            const marks = [{ type: 'link', attrs: { href } }];
            chain.insertContent({ type: 'text', text: typed.trim(), marks }).run();
        } else {
            chain.setLink({ href }).run();
        }
        onDone();
    };
    const unset = () => {
        editor.chain().focus().extendMarkRange('link').unsetLink().run();
        onDone();
    };
    const onKeyDown = (event: KeyboardEvent) => {
        if (event.key === 'Escape') done();
        else if (event.key === 'Enter') set();
        else return;
        event.preventDefault();
        event.stopPropagation();
    };
    return (
        // biome-ignore lint/a11y/noStaticElementInteractions: keys of the field within
        <div className={classes.link} onKeyDown={onKeyDown}>
            <TextField
                label={m.pages_rich_link_target()}
                value={typed}
                placeholder={m.pages_rich_link_example()}
                error={wrong ? m.pages_rich_link_wrong() : undefined}
                inputMode="url"
                spellCheck={false}
                autoFocus
                onChange={event => {
                    setTyped(event.currentTarget.value);
                    setWrong(false);
                }}
            />
            <div className={classes.linkActions}>
                <Button kind="soft" onClick={set}>
                    {m.pages_rich_link_set()}
                </Button>
                {before && <Button onClick={unset}>{m.pages_rich_link_unset()}</Button>}
                <Button kind="quiet" onClick={done}>
                    {m.pages_rich_link_cancel()}
                </Button>
            </div>
        </div>
    );
}
