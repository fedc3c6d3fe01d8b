import { IconCompass } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { m } from '../paraglide/messages.js';
import { LinkButton } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { ProblemNote } from '../ui/ProblemNote';
import classes from './Broken.module.css';

/** A screen that could not be drawn. What was typed elsewhere is untouched. */
export function BrokenWords({ error, reset }: { error: unknown; reset?: () => void }) {
    const router = useRouter();
    const again = () => {
        reset?.();
        void router.invalidate();
    };
    return (
        <div className={classes.broken}>
            <h1 className="only-read">{m.shell_broken()}</h1>
            <ProblemNote problem={error} title={m.shell_broken()} retry={again} />
        </div>
    );
}

export function NotFoundWords() {
    return (
        <div className={classes.broken}>
            <h1 className="only-read">{m.shell_not_found()}</h1>
            <EmptyState
                icon={<IconCompass size={32} stroke={1.5} />}
                title={m.shell_not_found()}
                action={<LinkButton to="/">{m.shell_go_home()}</LinkButton>}
            >
                {m.shell_not_found_words()}
            </EmptyState>
        </div>
    );
}

/** The same where no shell is around. */
export function Broken(props: { error: unknown; reset?: () => void }) {
    return (
        <main>
            <BrokenWords {...props} />
        </main>
    );
}

export function NotFound() {
    return (
        <main>
            <NotFoundWords />
        </main>
    );
}
