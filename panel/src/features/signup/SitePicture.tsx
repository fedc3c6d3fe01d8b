import { m } from '../../paraglide/messages.js';
import classes from './SitePicture.module.css';

/** What the form makes: a small site that takes its name and address while they are typed. */
export function SitePicture({
    name,
    address,
    shop,
}: {
    name: string;
    address: string;
    shop: boolean;
}) {
    const title = name.trim() || m.signup_picture_name();
    return (
        <div className={classes.window}>
            <div className={classes.bar}>
                <span className={classes.dots}>
                    <i />
                    <i />
                    <i />
                </span>
                <span className={classes.address}>{address || m.signup_picture_address()}</span>
            </div>
            <div className={classes.page}>
                <div className={classes.head}>
                    <strong>{title}</strong>
                    <span className={classes.links}>
                        <i />
                        <i />
                        <i />
                    </span>
                </div>
                <p className={classes.hero}>{title}</p>
                <div className={classes.lines}>
                    <i />
                    <i />
                </div>
                <span className={classes.button} />
                {shop ? <Shelf /> : <Hills />}
            </div>
        </div>
    );
}

function Hills() {
    return (
        <svg viewBox="0 0 480 170" className={classes.art} role="presentation">
            <rect width="480" height="170" rx="10" className={classes.sky} />
            <circle cx="362" cy="54" r="24" className={classes.sun} />
            <path
                d="M0 122 Q90 62 190 104 T360 92 T480 112 V160 Q480 170 470 170 H10 Q0 170 0 160Z"
                className={classes.far}
            />
            <path
                d="M0 144 Q120 96 240 134 T480 130 V160 Q480 170 470 170 H10 Q0 170 0 160Z"
                className={classes.near}
            />
        </svg>
    );
}

function Shelf() {
    return (
        <svg viewBox="0 0 480 170" className={classes.art} role="presentation">
            {[0, 165, 330].map((x, i) => (
                <g key={x} transform={`translate(${x} 0)`}>
                    <rect width="150" height="132" rx="10" className={classes.sky} />
                    <Thing kind={i} />
                    <rect y="144" width="84" height="8" rx="4" className={classes.word} />
                    <rect y="159" width="44" height="8" rx="4" className={classes.price} />
                </g>
            ))}
        </svg>
    );
}

function Thing({ kind }: { kind: number }) {
    if (kind === 0)
        return (
            <path
                d="M48 52h46v36a23 23 0 0 1-46 0zM94 60h8a10 10 0 0 1 0 24h-8"
                className={classes.thing}
            />
        );
    if (kind === 1)
        return (
            <path d="M46 56h58l7 52H39zM60 56v-8a15 15 0 0 1 30 0v8" className={classes.thing} />
        );
    return <path d="M66 30h18v20q14 8 14 24v34H52V74q0-16 14-24z" className={classes.thing} />;
}
