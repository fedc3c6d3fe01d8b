import type { ReactNode } from 'react';
import classes from './AuthFrame.module.css';
import { LANGUAGES, language, setLanguage } from './locale';
import { useScreenTitle } from './PageHead';

interface Props {
    title: string;
    sub?: ReactNode;
    brand: { app_name: string; logo_url: string | null } | undefined;
    children: ReactNode;
    footer?: ReactNode;
    /** A picture beside the form on wide screens. */
    beside?: ReactNode;
}

/** What stands before the door: sign-in, sign-up, a new password. */
export function AuthFrame({ title, sub, brand, children, footer, beside }: Props) {
    const heading = useScreenTitle(title);
    return (
        <div className={classes.frame} data-beside={beside ? true : undefined}>
            <main className={classes.main}>
                <div className={classes.column}>
                    <BrandMark brand={brand} />
                    <h1 ref={heading} tabIndex={-1} className={classes.title}>
                        {title}
                    </h1>
                    {sub && <p className={classes.sub}>{sub}</p>}
                    {children}
                    {footer && <p className={classes.footer}>{footer}</p>}
                    <LanguageLinks />
                </div>
            </main>
            {beside && (
                <aside className={classes.beside} aria-hidden>
                    {beside}
                </aside>
            )}
        </div>
    );
}

export function BrandMark({ brand }: { brand: Props['brand'] }) {
    const name = brand?.app_name ?? '';
    return (
        <div className={classes.brand}>
            {brand?.logo_url ? (
                <img src={brand.logo_url} alt={name} className={classes.logo} />
            ) : (
                <>
                    <span className={classes.initial} aria-hidden>
                        {[...name][0]?.toLocaleUpperCase()}
                    </span>
                    <span className={classes.name}>{name}</span>
                </>
            )}
        </div>
    );
}

function LanguageLinks() {
    return (
        <div className={classes.languages}>
            {LANGUAGES.map(({ value, label }) => (
                <button
                    key={value}
                    type="button"
                    lang={value}
                    aria-pressed={value === language()}
                    onClick={() => setLanguage(value)}
                >
                    {label}
                </button>
            ))}
        </div>
    );
}
