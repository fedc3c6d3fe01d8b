import { useMantineColorScheme } from '@mantine/core';
import { m } from '../../paraglide/messages.js';
import { Card } from '../../ui/Card';
import { ChoiceField, SwitchField } from '../../ui/fields';
import { PageHead } from '../../ui/PageHead';
import { prefer, usePreferences } from '../../ui/preferences';
import { PersonCard } from './PersonCard';
import classes from './Profile.module.css';
import { Sessions } from './Sessions';

export function Profile() {
    return (
        <div className={classes.column}>
            <PageHead title={m.profile_title()} />
            <PersonCard />
            <ThisBrowser />
            <Sessions />
        </div>
    );
}

/** What holds for this browser alone. */
function ThisBrowser() {
    const { colorScheme, setColorScheme } = useMantineColorScheme();
    const { keys, compact } = usePreferences();
    return (
        <Card title={m.profile_browser()}>
            <ChoiceField
                small
                label={m.profile_scheme()}
                value={colorScheme}
                onChange={setColorScheme}
                options={[
                    { value: 'light', label: m.profile_light() },
                    { value: 'dark', label: m.profile_dark() },
                    { value: 'auto', label: m.profile_system() },
                ]}
            />
            <SwitchField
                label={m.profile_compact()}
                help={m.profile_compact_help()}
                checked={compact}
                onChange={value => prefer({ compact: value })}
            />
            <SwitchField
                label={m.profile_keys()}
                help={m.profile_keys_help()}
                checked={keys}
                onChange={value => prefer({ keys: value })}
            />
        </Card>
    );
}
