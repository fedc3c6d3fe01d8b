import type { Organization, Setting, Theme } from '../../../api/types';
import { m } from '../../../paraglide/messages.js';
import { ProblemNote } from '../../../ui/ProblemNote';
import { type Selection, same, setSetting } from './draft';
import { type Fault, faultOf, placeOf } from './faults';
import { PAGE_FIELDS, PageSettings } from './PageSettings';
import { SettingField } from './SettingField';
import classes from './SettingsPane.module.css';
import type { EditorModel } from './useEditor';

interface Props {
    editor: EditorModel;
    theme: Theme;
    organization: Organization;
    mayEdit: boolean;
}

/** The form of what is selected, made from the theme's schema. */
export function SettingsPane({ editor, theme, organization, mayEdit }: Props) {
    const target = targetOf(editor, theme);
    const { problem, state } = editor.save;
    const faults = (problem?.fields ?? []).map(faultOf);
    const here = faults.filter(fault => isShown(fault, editor.selection, target));
    return (
        <div className={classes.pane}>
            {state === 'refused' && (
                <ProblemNote problem={problem} title={m.pages_not_saved()}>
                    <Elsewhere
                        faults={faults.filter(fault => !here.includes(fault))}
                        editor={editor}
                        theme={theme}
                    />
                </ProblemNote>
            )}
            <fieldset disabled={!mayEdit} className={classes.fields}>
                {target ? (
                    <>
                        <h2 className={classes.title}>{target.name}</h2>
                        {target.settings.length === 0 && (
                            <p className={classes.none}>{m.pages_no_settings()}</p>
                        )}
                        {target.settings.map((setting, index) => (
                            <SettingField
                                key={`${target.key}/${setting.id ?? index}`}
                                setting={setting}
                                value={setting.id ? target.values[setting.id] : undefined}
                                error={here.find(fault => fault.setting === setting.id)?.detail}
                                onChange={value => {
                                    const next = setSetting(
                                        editor.draft,
                                        editor.selection,
                                        setting.id!,
                                        value,
                                    );
                                    editor.change(next, `${target.key}/${setting.id}`);
                                }}
                            />
                        ))}
                    </>
                ) : (
                    <PageSettings editor={editor} organization={organization} />
                )}
            </fieldset>
        </div>
    );
}

/** Whether the form that is open tells it at a field. */
function isShown(fault: Fault, selection: Selection, target: Target | null): boolean {
    if (!target) return PAGE_FIELDS.includes(fault.pointer);
    return (
        same(fault.at, selection) &&
        target.settings.some(setting => setting.id !== undefined && setting.id === fault.setting)
    );
}

interface ElsewhereProps {
    faults: Fault[];
    editor: EditorModel;
    theme: Theme;
}

/** What is wrong in parts that are not open, and the way there. */
function Elsewhere({ faults, editor, theme }: ElsewhereProps) {
    if (faults.length === 0) return null;
    return (
        <ul className={classes.elsewhere}>
            {faults.map(fault => {
                const place = placeOf(fault, editor.draft, theme);
                return (
                    <li key={fault.pointer + fault.detail}>
                        {place && (
                            <button type="button" onClick={() => editor.select(fault.at)}>
                                {place}
                            </button>
                        )}
                        <p>{fault.detail}</p>
                    </li>
                );
            })}
        </ul>
    );
}

interface Target {
    key: string;
    name: string;
    settings: Setting[];
    values: Record<string, unknown>;
}

function targetOf(
    { draft, selection }: { draft: EditorModel['draft']; selection: Selection },
    theme: Theme,
): Target | null {
    if (selection.kind === 'page') return null;
    const section = draft.sections.sections[selection.section];
    if (!section) return null;
    const type = theme.sections.find(t => t.type === section.type);
    if (selection.kind === 'section') {
        return {
            key: selection.section,
            name: type?.name ?? section.type,
            settings: type?.settings ?? [],
            values: section.settings,
        };
    }
    const block = section.blocks?.[selection.block];
    if (!block) return null;
    const blockType = type?.blocks.find(t => t.type === block.type);
    const key = `${selection.section}/${selection.block}`;
    return {
        key,
        name: blockType?.name ?? block.type,
        settings: blockType?.settings ?? [],
        values: block.settings,
    };
}
