import { type ReactNode, useRef } from 'react';
import { Floating } from './PartPlace';
import { Part } from './part';

/** A button with a card that opens below it; the card's code comes when it is first wanted. */
export interface PopoverProps {
    anchor: HTMLElement;
    label: string;
    width: number;
    onClose: () => void;
    children: ReactNode;
}

const BOX = new Part<PopoverProps>(() => import('./PopoverBox').then(box => box.PopoverBox));

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
                onPointerEnter={BOX.warm}
                onFocus={BOX.warm}
                onClick={() => onOpen(!open)}
            >
                {button}
            </button>
            {open && anchor.current && (
                <Floating
                    part={BOX}
                    props={{
                        anchor: anchor.current,
                        label,
                        width,
                        onClose: () => onOpen(false),
                        children,
                    }}
                />
            )}
        </>
    );
}
