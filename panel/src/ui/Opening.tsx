/** Stands for what floats until its code is there: keys pressed meanwhile are meant for it, not for the page. */
export function Opening() {
    return <span hidden data-opening />;
}
