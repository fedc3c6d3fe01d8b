/** Lends a floating part the place of a button that it did not draw. */
export function Anchor({
    element,
    ref,
}: {
    element: HTMLElement;
    ref?: (node: HTMLElement | null) => void;
}) {
    const place = (node: HTMLSpanElement | null) => {
        if (node) {
            const box = element.getBoundingClientRect();
            node.style.setProperty('position', 'fixed');
            node.style.setProperty('inset', `${box.top}px auto auto ${box.left}px`);
            node.style.setProperty('inline-size', `${box.width}px`);
            node.style.setProperty('block-size', `${box.height}px`);
            node.style.setProperty('pointer-events', 'none');
        }
        ref?.(node);
    };
    return <span ref={place} />;
}
