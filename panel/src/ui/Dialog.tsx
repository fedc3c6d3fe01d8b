import { lazy, type ReactNode, Suspense, useRef } from 'react';
import classes from './Dialog.module.css';
import { Opening } from './Opening';

export interface DialogProps {
    open: boolean;
    onClose: () => void;
    title: string;
    children: ReactNode;
    width?: 'narrow' | 'normal' | 'wide';
}

const DialogBox = lazy(() => import('./DialogBox').then(part => ({ default: part.DialogBox })));

/** A window over the screen; its code comes with the first one that opens. */
export function Dialog(props: DialogProps) {
    const wanted = useRef(props.open);
    wanted.current ||= props.open;
    if (!wanted.current) return null;
    return (
        <Suspense fallback={props.open && <Opening />}>
            <DialogBox {...props} />
        </Suspense>
    );
}

/** The row of verbs below a dialog's words: the main one last, as the eye arrives. */
export function DialogActions({ children }: { children: ReactNode }) {
    return <div className={classes.actions}>{children}</div>;
}
