import { Input, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ChangeEvent, FocusEvent, ReactNode, Ref } from 'react';
import { useId } from 'react';
import { m } from '../paraglide/messages.js';
import classes from './fields.module.css';

/** Label above, help between label and field, error below in words. */
export interface FieldProps {
    label: ReactNode;
    help?: ReactNode;
    error?: ReactNode;
    value?: string;
    disabled?: boolean;
    required?: boolean;
    name?: string;
    placeholder?: string;
    autoComplete?: string;
    autoFocus?: boolean;
    maxLength?: number;
    onBlur?: (event: FocusEvent<HTMLElement>) => void;
    onFocus?: (event: FocusEvent<HTMLElement>) => void;
}

interface TextProps extends FieldProps {
    onChange?: (event: ChangeEvent<HTMLInputElement>) => void;
    type?: 'text' | 'email' | 'url' | 'search';
    inputMode?: 'text' | 'email' | 'url' | 'numeric';
    right?: ReactNode;
    rightWidth?: number;
    ref?: Ref<HTMLInputElement>;
    spellCheck?: boolean;
}

export function TextField({ help, right, rightWidth, required, ...rest }: TextProps) {
    return (
        <TextInput
            description={help}
            rightSection={right}
            rightSectionWidth={rightWidth}
            aria-required={required}
            data-autofocus={rest.autoFocus}
            {...rest}
        />
    );
}

interface WhenProps extends FieldProps {
    onChange?: (event: ChangeEvent<HTMLInputElement>) => void;
    min?: string;
}

/** The platform's own pickers: in the reader's order of day and month, and complete for a keyboard. */
export function DateField({ help, required, ...rest }: WhenProps) {
    return (
        <TextInput
            type="date"
            description={help}
            aria-required={required}
            data-autofocus={rest.autoFocus}
            {...rest}
        />
    );
}

export function TimeField({ help, required, ...rest }: WhenProps) {
    return <TextInput type="time" description={help} aria-required={required} {...rest} />;
}

export function PasswordField({
    help,
    required,
    ...rest
}: Omit<TextProps, 'right' | 'rightWidth' | 'type'>) {
    const toggle = { 'aria-label': m.ui_show_password(), tabIndex: 0, 'aria-hidden': false };
    return (
        <PasswordInput
            description={help}
            aria-required={required}
            visibilityToggleButtonProps={toggle}
            {...rest}
        />
    );
}

interface AreaProps extends FieldProps {
    onChange?: (event: ChangeEvent<HTMLTextAreaElement>) => void;
    rows?: number;
}

export function TextAreaField({ help, required, ...rest }: AreaProps) {
    return <Textarea description={help} aria-required={required} {...rest} />;
}

interface SelectProps extends FieldProps {
    options: { value: string; label: string }[];
    onChange?: (event: ChangeEvent<HTMLSelectElement>) => void;
}

/** The platform's own select: best on a phone, and complete for a keyboard. */
export function SelectField({ label, help, error, options, required: _, ...rest }: SelectProps) {
    return (
        <Input.Wrapper label={label} description={help} error={error} labelElement="label">
            <Input
                component="select"
                rightSection={<IconChevronDown size={16} stroke={1.75} aria-hidden />}
                rightSectionPointerEvents="none"
                error={Boolean(error)}
                {...rest}
            >
                {options.map(option => (
                    <option key={option.value} value={option.value}>
                        {option.label}
                    </option>
                ))}
            </Input>
        </Input.Wrapper>
    );
}

interface SwitchProps {
    label: ReactNode;
    help?: ReactNode;
    error?: ReactNode;
    checked: boolean;
    disabled?: boolean;
    onChange: (checked: boolean) => void;
}

/** A checkbox that says 'switch', drawn in CSS. */
export function SwitchField({ label, help, error, checked, disabled, onChange }: SwitchProps) {
    const id = useId();
    const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
    return (
        <div className={classes.switch}>
            <input
                id={id}
                type="checkbox"
                role="switch"
                checked={checked}
                disabled={disabled}
                aria-describedby={described || undefined}
                aria-invalid={error ? true : undefined}
                onChange={event => onChange(event.currentTarget.checked)}
            />
            <div>
                <label htmlFor={id}>{label}</label>
                {help && (
                    <p id={`${id}-help`} className={classes.switchHelp}>
                        {help}
                    </p>
                )}
                {error && (
                    <p id={`${id}-error`} className="ui-error">
                        {error}
                    </p>
                )}
            </div>
        </div>
    );
}

interface ChoiceProps<T extends string> {
    label: string;
    error?: ReactNode;
    value: T;
    options: { value: T; label: string; help?: string; icon?: ReactNode }[];
    onChange: (value: T) => void;
    small?: boolean;
}

/** A few answers side by side; radio buttons underneath. */
export function ChoiceField<T extends string>({
    label,
    error,
    value,
    options,
    onChange,
    small,
}: ChoiceProps<T>) {
    const id = useId();
    return (
        <fieldset
            className={classes.choice}
            data-small={small || undefined}
            aria-describedby={error ? `${id}-error` : undefined}
        >
            <legend className="ui-label">{label}</legend>
            <div className={classes.options}>
                {options.map(option => (
                    <label key={option.value} className={classes.option}>
                        <input
                            type="radio"
                            name={label}
                            value={option.value}
                            checked={value === option.value}
                            onChange={() => onChange(option.value)}
                        />
                        {option.icon}
                        <span>
                            <span className={classes.optionName}>{option.label}</span>
                            {option.help && (
                                <span className={classes.optionHelp}>{option.help}</span>
                            )}
                        </span>
                    </label>
                ))}
            </div>
            {error && (
                <p id={`${id}-error`} className="ui-error">
                    {error}
                </p>
            )}
        </fieldset>
    );
}
