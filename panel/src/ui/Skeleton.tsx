import classes from './Skeleton.module.css';

/** Nothing for 150 ms, then the real geometry in grey. */
export function Skeleton({
    lines = 3,
    height = 20,
    gap = 12,
}: {
    lines?: number;
    height?: number;
    gap?: number;
}) {
    const heightClass = height > 30 ? classes.tall : classes.line;
    return (
        <div className={`${classes.skeleton} ${gap === 0 ? classes.tight : ''}`} aria-hidden>
            {Array.from({ length: lines }, (_, i) => (
                <span key={String(i)} className={heightClass} />
            ))}
        </div>
    );
}

/** Rows of a list while the first ones are on their way. */
export function SkeletonRows({ rows = 8, label }: { rows?: number; label: string }) {
    return (
        <div className={classes.skeleton} role="status">
            <span className="only-read">{label}</span>
            {Array.from({ length: rows }, (_, i) => (
                <span key={String(i)} className={classes.row} aria-hidden>
                    <span />
                    <span />
                    <span />
                </span>
            ))}
        </div>
    );
}
