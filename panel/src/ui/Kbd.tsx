import classes from './Kbd.module.css';

export function Kbd({ children }: { children: string }) {
    return <kbd className={classes.key}>{children}</kbd>;
}
