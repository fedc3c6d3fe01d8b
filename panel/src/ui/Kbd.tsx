import classes from './Kbd.module.css';

export function Kbd({ children, plain }: { children: string; plain?: boolean }) {
    return <kbd className={plain ? classes.plain : classes.key}>{children}</kbd>;
}
