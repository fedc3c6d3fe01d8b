import { lazy, type ReactNode, Suspense, useRef } from 'react';
import { Opening } from './Opening';

/** A button with a card that opens below it; the card's code comes when it is first wanted. */
export interface PopoverProps {
    anchor: HTMLElement;
    label: string;
    width: number;
    onClose: () => void;
    children: ReactNode;
}

const load = () => import('./PopoverBox');
const PopoverBox = lazy(() => load().then(part => ({ default: part.PopoverBox })));

interface ButtonProps {
    label: string;
    /** The button's name, when its words are not enough. */
    name?: string;
    width: number;
    open: boolean;
    onOpen: (open: boolean) => void;
    button: ReactNode;
    className: string | undefined;
    tour?: string;
    children: ReactNode;
}

export function PopoverButton({
    label,
    name,
    width,
    open,
    onOpen,
    button,
    className,
    tour,
    children,
}: ButtonProps) {
    const anchor = useRef<HTMLButtonElement>(null);
    return (
        <>
            <button
                ref={anchor}
                type="button"
                className={className}
                aria-label={name}
                aria-haspopup="dialog"
                aria-expanded={open}
                data-tour={tour}
                onPointerEnter={load}
                onFocus={load}
                onClick={() => onOpen(!open)}
            >
                {button}
            </button>
            {open && anchor.current && (
                <Suspense fallback={<Opening />}>
                    <PopoverBox
                        anchor={anchor.current}
                        label={label}
                        width={width}
                        onClose={() => onOpen(false)}
                    >
                        {children}
                    </PopoverBox>
                </Suspense>
            )}
        </>
    );
}
