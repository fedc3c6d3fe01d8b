import { Button as Base, Tooltip } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { MouseEventHandler, ReactNode, Ref } from 'react';
import { Kbd } from './Kbd';

const VARIANT = { primary: 'filled', default: 'default', soft: 'light', quiet: 'subtle', danger: 'filled' };
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
    ref?: Ref<HTMLButtonElement>;
    'data-tour'?: string;
}

/** A button keeps its width while it is busy. */
export function Button({ kind = 'default', busy, icon, full, type = 'button', reason, ...rest }: ButtonProps) {
    return (
        <Base
            variant={VARIANT[kind]}
            loading={busy ?? false}
            leftSection={icon}
            fullWidth={full ?? false}
            type={type}
            data-danger={kind === 'danger' || undefined}
            title={reason}
            loaderProps={{ size: 16 }}
            {...rest}
        />
    );
}

type LinkButtonProps = LinkProps & { kind?: Kind; icon?: ReactNode; children: ReactNode };

export function LinkButton({ kind = 'default', icon, children, ...link }: LinkButtonProps) {
    return (
        <Base
            variant={VARIANT[kind]}
            leftSection={icon}
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
    tooltip?: boolean;
    ref?: Ref<HTMLButtonElement>;
    className?: string;
    'data-tour'?: string;
}

export function IconButton({ label, shortcut, small, pressed, tooltip = true, children, className = '', ...rest }: IconButtonProps) {
    const button = (
        <button
            type="button"
            className={`ui-icon-button ${className}`}
            aria-label={label}
            aria-pressed={pressed}
            data-small={small || undefined}
            {...rest}
        >
            {children}
        </button>
    );
    if (!tooltip) return button;
    return (
        <Tooltip label={<TooltipWords label={label} shortcut={shortcut} />} events={{ hover: true, focus: false, touch: false }}>
            {button}
        </Tooltip>
    );
}

function TooltipWords({ label, shortcut }: { label: string; shortcut?: string | undefined }) {
    return (
        <>
            {label}
            {shortcut && <Kbd plain>{shortcut}</Kbd>}
        </>
    );
}
