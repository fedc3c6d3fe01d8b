import { m } from '../paraglide/messages.js';
import { Dialog } from '../ui/Dialog';
import { Kbd } from '../ui/Kbd';
import { MOD } from '../ui/keys';
import classes from './KeyHelp.module.css';

const groups = () => [
    {
        title: m.shell_keys_everywhere(),
        keys: [
            [`${MOD} K`, m.shell_search()],
            ['g h', m.shell_keys_home()],
            ['g p', m.shell_keys_pages()],
            ['o', m.shell_keys_organizations()],
            ['c', m.shell_keys_new()],
            [`${MOD} Z`, m.ui_undo()],
            ['?', m.shell_keys()],
            ['Esc', m.shell_keys_close()],
        ],
    },
    {
        title: m.shell_keys_lists(),
        keys: [
            ['/', m.shell_keys_search()],
            ['j / k', m.shell_keys_move()],
            ['x', m.shell_keys_select()],
            ['e', m.shell_keys_edit()],
        ],
    },
    { title: m.shell_keys_editor(), keys: [[`${MOD} S`, m.ui_save()]] },
];

export function KeyHelp({ onClose }: { onClose: () => void }) {
    return (
        <Dialog open onClose={onClose} title={m.shell_keys()} width="narrow">
            {groups().map(group => (
                <section key={group.title} className={classes.group}>
                    <h3 className={classes.title}>{group.title}</h3>
                    <dl className={classes.list}>
                        {group.keys.map(([key, words]) => (
                            <div key={key} className={classes.row}>
                                <dt>{words}</dt>
                                <dd>
                                    <Kbd>{key!}</Kbd>
                                </dd>
                            </div>
                        ))}
                    </dl>
                </section>
            ))}
        </Dialog>
    );
}
