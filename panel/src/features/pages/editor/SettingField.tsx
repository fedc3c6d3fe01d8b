import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useOrg } from '../../../api/queries';
import type { Setting } from '../../../api/types';
import { m } from '../../../paraglide/messages.js';
import {
    ChoiceField,
    SelectField,
    SwitchField,
    TextAreaField,
    TextField,
} from '../../../ui/fields';
import { InPlace } from '../../../ui/PartPlace';
import { Part } from '../../../ui/part';
import { Skeleton } from '../../../ui/Skeleton';
import { allPagesQuery } from '../queries';
import { linkTarget } from './links';
import classes from './SettingsPane.module.css';

/** The text editor's code comes when the screen is at rest, or with the first text. */
export const RICH_TEXT = new Part(() =>
    import('./RichTextField').then(field => field.RichTextField),
);

interface Props {
    setting: Setting;
    value: unknown;
    /** What the server has against it. */
    error?: string | undefined;
    onChange: (value: unknown) => void;
}

/** One field of a schema. An unknown type is shown by its name, never dropped. */
export function SettingField({ setting, value, error, onChange }: Props) {
    const current = value ?? setting.default;
    const label = setting.label ?? setting.id ?? '';
    const common = { label, help: setting.info, error };
    const text = typeof current === 'string' ? current : '';
    switch (setting.type) {
        case 'header':
            return <h3 className={classes.group}>{label}</h3>;
        case 'paragraph':
            return <p className={classes.words}>{label}</p>;
        case 'textarea':
            return (
                <TextAreaField
                    {...common}
                    value={text}
                    rows={3}
                    onChange={e => onChange(e.currentTarget.value)}
                />
            );
        case 'richtext':
            return (
                <InPlace
                    part={RICH_TEXT}
                    props={{ ...common, value: current, onChange }}
                    waits={<Skeleton lines={2} height={40} />}
                />
            );
        case 'checkbox':
            return <SwitchField {...common} checked={current === true} onChange={onChange} />;
        case 'select':
            return (
                <Select
                    {...common}
                    value={text}
                    options={setting.options ?? []}
                    onChange={onChange}
                />
            );
        case 'color_scheme':
            return (
                <Select
                    {...common}
                    value={text}
                    options={setting.options ?? schemes()}
                    onChange={onChange}
                />
            );
        case 'range':
            return (
                <Range
                    setting={setting}
                    value={Number(current ?? setting.min ?? 0)}
                    error={error}
                    onChange={onChange}
                />
            );
        case 'page':
            return <PageChoice {...common} value={text} onChange={onChange} />;
        case 'image':
            return (
                <TextField
                    {...common}
                    help={setting.info ?? m.pages_image_help()}
                    value={text}
                    onChange={e => onChange(e.currentTarget.value || null)}
                    spellCheck={false}
                />
            );
        case 'url':
            return (
                <TextField
                    {...common}
                    value={text}
                    inputMode="url"
                    spellCheck={false}
                    onChange={e => onChange(e.currentTarget.value)}
                    onBlur={() => {
                        const target = linkTarget(text);
                        if (target !== null && target !== text) onChange(target);
                    }}
                />
            );
        default:
            return (
                <TextField
                    {...common}
                    value={text}
                    onChange={e => onChange(e.currentTarget.value)}
                />
            );
    }
}

const schemes = () => [
    { value: 'default', label: m.pages_scheme_default() },
    { value: 'tinted', label: m.pages_scheme_tinted() },
    { value: 'inverted', label: m.pages_scheme_inverted() },
];

interface CommonProps {
    label: string;
    help: string | undefined;
    error: string | undefined;
    onChange: (value: unknown) => void;
}

type SelectProps = CommonProps & { value: string; options: { value: string; label: string }[] };

/** Few short answers lie side by side; more of them in a list. */
function Select({ label, help, error, value, options, onChange }: SelectProps) {
    const short = options.length <= 3 && options.every(option => option.label.length <= 10);
    if (short && !help && options.length > 1) {
        return (
            <ChoiceField
                small
                label={label}
                error={error}
                value={value}
                options={options}
                onChange={onChange}
            />
        );
    }
    const known = options.some(option => option.value === value);
    const all = known || value === '' ? options : [{ value, label: value }, ...options];
    return (
        <SelectField
            label={label}
            help={help}
            error={error}
            value={value}
            options={all}
            onChange={e => onChange(e.currentTarget.value)}
        />
    );
}

function Range({ setting, value, error, onChange }: Props & { value: number }) {
    const id = useId();
    const unit = setting.unit ? ` ${setting.unit}` : '';
    return (
        <div className={classes.range}>
            <label htmlFor={id} className="ui-label">
                {setting.label}
            </label>
            <output htmlFor={id} className="tabular">
                {value}
                {unit}
            </output>
            {setting.info && <p className={`ui-help ${classes.help}`}>{setting.info}</p>}
            <input
                id={id}
                type="range"
                min={setting.min}
                max={setting.max}
                step={setting.step}
                value={value}
                aria-valuetext={`${value}${unit}`}
                aria-invalid={error ? true : undefined}
                aria-describedby={error ? `${id}-error` : undefined}
                onChange={event => onChange(Number(event.currentTarget.value))}
            />
            {error && (
                <p id={`${id}-error`} className={`ui-error ${classes.error}`}>
                    {error}
                </p>
            )}
        </div>
    );
}

function PageChoice({ label, help, error, value, onChange }: CommonProps & { value: string }) {
    const org = useOrg();
    const { data: pages = [] } = useQuery(allPagesQuery(org));
    const options = pages.map(page => ({ value: page.path, label: page.title }));
    const known = value === '' || options.some(option => option.value === value);
    const all = [
        { value: '', label: m.pages_no_page() },
        ...(known ? [] : [{ value, label: value }]),
        ...options,
    ];
    return (
        <SelectField
            label={label}
            help={help}
            error={error}
            value={value}
            options={all}
            onChange={e => onChange(e.currentTarget.value || null)}
        />
    );
}
