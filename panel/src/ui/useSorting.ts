import { type PointerEvent, useEffect, useState } from 'react';

/** Where the dragged row is let go: before the row of that number, or at the end. */
interface Drag {
    from: number;
    slot: number;
}

const EDGE_PX = 36;
const SCROLL_PX = 12;

/**
 * Rows of one list that are put elsewhere by their grip, with mouse, pen or finger. It is a shortcut:
 * a list that sorts also has a menu or keys that do the same.
 */
export function useSorting(count: number, onMove: (from: number, to: number) => void) {
    const [drag, setDrag] = useState<Drag | null>(null);
    const dragging = drag !== null;
    useEffect(() => {
        if (!dragging) return;
        const cancel = (event: KeyboardEvent) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            setDrag(null);
        };
        addEventListener('keydown', cancel, true);
        return () => removeEventListener('keydown', cancel, true);
    }, [dragging]);

    const drop = () => {
        if (!drag) return;
        setDrag(null);
        const to = drag.slot > drag.from ? drag.slot - 1 : drag.slot;
        if (to !== drag.from) onMove(drag.from, to);
    };
    return {
        /** For the `li`. */
        row: (index: number) => ({
            'data-sorts': true,
            'data-dragged': drag?.from === index || undefined,
            'data-drop': markOf(drag, index, count),
        }),
        /** For what is gripped, inside of it. */
        grip: (index: number) => ({
            onPointerDown: (event: PointerEvent<HTMLElement>) => {
                if (event.button !== 0) return;
                event.preventDefault();
                event.currentTarget.setPointerCapture(event.pointerId);
                setDrag({ from: index, slot: index });
            },
            onPointerMove: (event: PointerEvent<HTMLElement>) => {
                if (!drag) return;
                const list = event.currentTarget.closest('ul')!;
                scrollNearEdge(list, event.clientY);
                const slot = slotAt(list, event.clientY);
                if (slot !== drag.slot) setDrag({ ...drag, slot });
            },
            onPointerUp: drop,
            onPointerCancel: () => setDrag(null),
        }),
    };
}

/** A line before a row, or after the last one; none where nothing would change. */
function markOf(drag: Drag | null, index: number, count: number) {
    if (!drag || drag.slot === drag.from || drag.slot === drag.from + 1) return undefined;
    if (drag.slot === index) return 'before';
    return drag.slot === count && index === count - 1 ? 'after' : undefined;
}

function slotAt(list: HTMLElement, y: number): number {
    const rows = [...list.children].filter(row => row.hasAttribute('data-sorts'));
    const next = rows.findIndex(row => {
        const { top, height } = row.getBoundingClientRect();
        return y < top + height / 2;
    });
    return next < 0 ? rows.length : next;
}

function scrollNearEdge(list: HTMLElement, y: number) {
    let pane: HTMLElement | null = list;
    while (pane && !/auto|scroll/.test(getComputedStyle(pane).overflowY)) pane = pane.parentElement;
    if (!pane) return;
    const { top, bottom } = pane.getBoundingClientRect();
    if (y < top + EDGE_PX) pane.scrollBy(0, -SCROLL_PX);
    if (y > bottom - EDGE_PX) pane.scrollBy(0, SCROLL_PX);
}
