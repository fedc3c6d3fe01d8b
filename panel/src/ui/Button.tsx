import { Button as Base } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { MouseEventHandler, ReactNode, Ref } from 'react';

const VARIANT = {
    primary: 'filled',
    default: 'default',
    soft: 'light',
    quiet: 'subtle',
    danger: 'filled',
};
type Kind = keyof typeof VARIANT;

interface ButtonProps {
    children: ReactNode;
    kind?: Kind;
    busy?: boolean;
    disabled?: boolean;
    icon?: ReactNode;
    type?: 'button' | 'submit';
    full?: boolean;
    onClick?: MouseEventHandler<HTMLButtonElement>;
    form?: string;
    /** Why it can't be pressed. */
    reason?: string | undefined;
    /** Its icon alone where there is little room. */
    brief?: boolean;
    ref?: Ref<HTMLButtonElement>;
    'data-tour'?: string;
}

/** A button keeps its width while it is busy. */
export function Button({
    kind = 'default',
    busy,
    icon,
    full,
    type = 'button',
    reason,
    brief,
    ...rest
}: ButtonProps) {
    return (
        <Base
            variant={VARIANT[kind]}
            loading={busy ?? false}
            leftSection={icon}
            fullWidth={full ?? false}
            type={type}
            data-danger={kind === 'danger' || undefined}
            data-brief={brief || undefined}
            title={reason}
            loaderProps={{ size: 16 }}
            {...rest}
        />
    );
}

type LinkButtonProps = LinkProps & {
    kind?: Kind;
    icon?: ReactNode;
    brief?: boolean;
    children: ReactNode;
};

export function LinkButton({ kind = 'default', icon, brief, children, ...link }: LinkButtonProps) {
    return (
        <Base
            variant={VARIANT[kind]}
            leftSection={icon}
            data-brief={brief || undefined}
            renderRoot={props => <Link {...props} {...link} />}
        >
            {children}
        </Base>
    );
}

interface IconButtonProps {
    label: string;
    children: ReactNode;
    onClick?: MouseEventHandler<HTMLButtonElement>;
    disabled?: boolean;
    small?: boolean;
    shortcut?: string;
    pressed?: boolean;
    tabIndex?: number;
    ref?: Ref<HTMLButtonElement>;
    className?: string;
    'data-tour'?: string;
}

/** The name is its tooltip, with the key that does the same. */
export function IconButton({
    label,
    shortcut,
    small,
    pressed,
    className = '',
    ...rest
}: IconButtonProps) {
    return (
        <button
            type="button"
            className={`ui-icon-button ${className}`}
            aria-label={label}
            aria-pressed={pressed}
            title={shortcut ? `${label} (${shortcut})` : label}
            data-small={small || undefined}
            {...rest}
        />
    );
}
