import type { ReactNode } from 'react';
import classes from './Dialog.module.css';
import { Floating } from './PartPlace';
import { Part } from './part';

export interface DialogProps {
    open: boolean;
    onClose: () => void;
    title: string;
    children: ReactNode;
    width?: 'narrow' | 'normal' | 'wide';
}

const BOX = new Part<DialogProps>(() => import('./DialogBox').then(box => box.DialogBox));

/** A window over the screen; its code comes with the first one that opens. */
export function Dialog(props: DialogProps) {
    if (!props.open && !BOX.Code) return null;
    return <Floating part={BOX} props={props} />;
}

/** The row of verbs below a dialog's words: the main one last, as the eye arrives. */
export function DialogActions({ children }: { children: ReactNode }) {
    return <div className={classes.actions}>{children}</div>;
}
