import { type ReactNode, useRef, useState } from 'react';
import { Floating } from './PartPlace';
import { Part } from './part';

/** A menu as data. Its code comes when a pointer or the focus arrives at the first button that has one. */
export interface MenuChoice {
    label: string;
    icon?: ReactNode;
    onPick?: () => void;
    href?: string;
    danger?: boolean;
    disabled?: boolean;
    className?: string | undefined;
}

/** One of several; picking leaves the menu open. */
export interface MenuOptions {
    group: string;
    value: string;
    options: readonly { value: string; label: string; lang?: string }[];
    onPick: (value: string) => void;
}
export type MenuEntry = MenuChoice | MenuOptions | 'line' | false | undefined;

export interface MenuProps {
    anchor: HTMLElement;
    label: string;
    entries: MenuEntry[];
    head?: ReactNode;
    width?: number;
    start?: boolean;
    onClose: () => void;
}

const BOX = new Part<MenuProps>(() => import('./MenuBox').then(box => box.MenuBox));

export function MenuAt(props: MenuProps) {
    return <Floating part={BOX} props={props} />;
}

interface ButtonProps extends Omit<MenuProps, 'anchor' | 'onClose'> {
    children: ReactNode;
    className?: string | undefined;
    small?: boolean;
    /** The children are words already. */
    worded?: boolean;
    tour?: string;
}

export function MenuButton({
    children,
    className = 'ui-icon-button',
    small,
    worded,
    tour,
    ...menu
}: ButtonProps) {
    const button = useRef<HTMLButtonElement>(null);
    const [open, setOpen] = useState(false);
    return (
        <>
            <button
                ref={button}
                type="button"
                className={className}
                data-small={small || undefined}
                aria-label={worded ? undefined : menu.label}
                aria-haspopup="menu"
                aria-expanded={open}
                data-tour={tour}
                onPointerEnter={BOX.warm}
                onFocus={BOX.warm}
                onClick={() => setOpen(true)}
            >
                {children}
            </button>
            {open && button.current && (
                <MenuAt anchor={button.current} onClose={() => setOpen(false)} {...menu} />
            )}
        </>
    );
}
