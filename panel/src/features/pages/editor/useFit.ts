import { type RefObject, useEffect } from 'react';

/**
 * Shows a screen of `width` px in the room that there is: made smaller as a whole when it is wider,
 * as wide as the room when it may stretch. Sizes go through the style object, which a strict policy allows.
 */
export function useFit(place: RefObject<HTMLElement | null>, width: number, stretches: boolean) {
    useEffect(() => {
        const element = place.current;
        const room = element?.parentElement;
        if (!element || !room) return;
        const adjust = () => {
            const style = getComputedStyle(room);
            const inline = room.clientWidth - Number.parseFloat(style.paddingLeft) * 2;
            const block = room.clientHeight - Number.parseFloat(style.paddingTop) * 2;
            // A phone-sized room shows the page as a phone does.
            const wanted =
                stretches && inline < 560 ? inline : stretches ? Math.max(width, inline) : width;
            const scale = Math.min(1, inline / wanted);
            element.style.setProperty('inline-size', `${wanted}px`);
            element.style.setProperty('block-size', `${block / scale}px`);
            element.style.setProperty('transform', `scale(${scale})`);
            element.style.setProperty(
                'margin-inline-start',
                `${Math.max(0, (inline - wanted * scale) / 2)}px`,
            );
        };
        const observer = new ResizeObserver(adjust);
        observer.observe(room);
        adjust();
        return () => observer.disconnect();
    }, [place, width, stretches]);
}
