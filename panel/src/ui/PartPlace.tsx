import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { m } from '../paraglide/messages.js';
import { Opening } from './Opening';
import { ProblemNote } from './ProblemNote';
import type { Part } from './part';
import type { ProblemLike } from './problem';
import { toast } from './toast';

/*
 * Where a part's code can't be fetched, the screen around it stays as it is: only the part's own place says so, and
 * it tries by itself when the line is back.
 */

interface Props<P extends object> {
    part: Part<P>;
    props: P;
    /** Stands there until the code does. */
    waits?: ReactNode;
}

/** The place of a part that lies in the screen. */
export function InPlace<P extends object>({ part, props, waits }: Props<P>) {
    const { missing, again } = useCode(part);
    if (part.Code) return <part.Code {...props} />;
    if (!missing) return waits;
    return <ProblemNote problem={AWAY} title={m.ui_part_missing()} retry={again} />;
}

/** The place of a part that opens over the screen. Without its code there is nothing to see: a word says why. */
export function Floating<P extends { onClose: () => void }>({
    part,
    props,
    waits = <Opening />,
}: Props<P>) {
    const { missing } = useCode(part);
    const { onClose } = props;
    // biome-ignore lint/correctness/useExhaustiveDependencies: said once for each time that it should open
    useEffect(() => {
        if (!missing || part.Code) return;
        part.warm();
        toast(m.ui_part_away());
        onClose();
    }, [missing]);
    if (part.Code) return <part.Code {...props} />;
    return missing ? null : waits;
}

function useCode<P extends object>(part: Part<P>) {
    const [missing, setMissing] = useState(false);
    const [, setThere] = useState(part.Code !== null);
    const again = useCallback(() => {
        part.fetch().then(
            () => setThere(true),
            () => setMissing(true),
        );
    }, [part]);
    useEffect(() => {
        if (part.Code) return;
        again();
        addEventListener('online', again);
        return () => removeEventListener('online', again);
    }, [part, again]);
    return { missing, again };
}

const AWAY: ProblemLike = {
    kind: 'offline',
    status: 0,
    message: '',
    detail: '',
    requestId: null,
    fields: [],
    retryAfter: null,
};
