import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Anchor } from './Anchor';
import type { MenuChoice, MenuProps } from './Menu';

export function MenuBox({ anchor, label, entries, head, width = 220, start, onClose }: MenuProps) {
    const close = () => {
        onClose();
        anchor.focus();
    };
    return (
        <Menu
            opened
            onClose={close}
            position={start ? 'bottom-start' : 'bottom-end'}
            width={width}
            trapFocus
            hideDetached={false}
        >
            <Menu.Target>
                <Anchor element={anchor} />
            </Menu.Target>
            <Menu.Dropdown aria-label={label}>
                {head}
                {entries.map((entry, index) => {
                    if (!entry) return null;
                    // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name
                    if (entry === 'line') return <Menu.Divider key={index} />;
                    return <Choice key={entry.label} choice={entry} />;
                })}
            </Menu.Dropdown>
        </Menu>
    );
}

/** The library's item calls itself a plain one. */
const asRadio = (node: HTMLButtonElement | null) => node?.setAttribute('role', 'menuitemradio');

function Choice({ choice }: { choice: MenuChoice }) {
    const { label, icon, onPick, href, danger, disabled, checked, lang, className } = choice;
    const common = {
        className,
        leftSection: icon,
        'data-danger': danger || undefined,
        lang,
        children: label,
    };
    if (href)
        return <Menu.Item {...common} component="a" href={href} target="_blank" rel="noreferrer" />;
    if (checked === undefined)
        return <Menu.Item {...common} disabled={disabled ?? false} onClick={onPick} />;
    return (
        <Menu.Item
            {...common}
            ref={asRadio}
            aria-checked={checked}
            closeMenuOnClick={false}
            rightSection={checked ? <IconCheck size={16} stroke={2} aria-hidden /> : null}
            onClick={onPick}
        />
    );
}
