import classes from './Tabs.module.css';

interface Props<T extends string> {
    label: string;
    value: T;
    tabs: { value: T; label: string; count?: string | undefined }[];
    onChange: (value: T) => void;
}

/** Views of one list: buttons that say which is on. (Not role=tab: the list below stays one list.) */
export function ViewTabs<T extends string>({ label, value, tabs, onChange }: Props<T>) {
    return (
        <div className={classes.tabs} role="group" aria-label={label}>
            {tabs.map(tab => (
                <button
                    key={tab.value}
                    type="button"
                    className={classes.tab}
                    aria-pressed={tab.value === value}
                    onClick={() => onChange(tab.value)}
                >
                    {tab.label}
                    {tab.count !== undefined && <span className={classes.count}>{tab.count}</span>}
                </button>
            ))}
        </div>
    );
}
