import classes from './Tile.module.css';

/** Two letters on one of six fixed tints, the same for an id for ever. */
export function Tile({
    id,
    name,
    round,
    size = 'small',
}: {
    id: string;
    name: string;
    round?: boolean;
    size?: 'small' | 'large';
}) {
    return (
        <span
            className={classes.tile}
            data-tint={tint(id)}
            data-size={size}
            data-round={round || undefined}
            aria-hidden
        >
            {initials(name)}
        </span>
    );
}

export function StackedTiles() {
    return (
        <span className={classes.stack} aria-hidden>
            <span />
            <span />
            <span />
        </span>
    );
}

export function initials(name: string): string {
    const words = name.trim().split(/\s+/).filter(Boolean);
    const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
    return letters
        .map(word => [...(word ?? '')][0] ?? '')
        .join('')
        .toLocaleUpperCase();
}

export function tint(id: string): number {
    let hash = 0;
    for (const letter of id) hash = (hash * 31 + letter.codePointAt(0)!) >>> 0;
    return hash % 6;
}
