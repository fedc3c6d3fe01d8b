import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { Opening } from './Opening';

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

const load = () => import('./MenuBox');
const MenuBox = lazy(() => load().then(part => ({ default: part.MenuBox })));

export function MenuAt(props: MenuProps) {
    return (
        <Suspense fallback={<Opening />}>
            <MenuBox {...props} />
        </Suspense>
    );
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
                onPointerEnter={load}
                onFocus={load}
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
