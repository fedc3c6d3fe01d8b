import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useId } from 'react';
import { Anchor } from './Anchor';
import type { MenuChoice, MenuOptions, MenuProps } from './Menu';

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
            withInitialFocusPlaceholder={false}
            hideDetached={false}
            floatingStrategy="fixed"
            portalProps={{ target: landmarkOf(anchor) }}
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
                    if ('options' in entry) return <Options key={entry.group} {...entry} />;
                    return <Choice key={entry.label} choice={entry} />;
                })}
            </Menu.Dropdown>
        </Menu>
    );
}

/** A menu floats free of what scrolls, and yet belongs to the part of the page that its button is in. */
const landmarkOf = (anchor: HTMLElement) =>
    anchor.closest<HTMLElement>('header, nav, main, aside, [role="dialog"]') ?? document.body;

function Choice({ choice }: { choice: MenuChoice }) {
    const { label, icon, onPick, href, danger, disabled, className } = choice;
    const common = {
        className,
        leftSection: icon,
        'data-danger': danger || undefined,
        children: label,
    };
    if (href)
        return <Menu.Item {...common} component="a" href={href} target="_blank" rel="noreferrer" />;
    return <Menu.Item {...common} disabled={disabled ?? false} onClick={onPick} />;
}

function Options({ group, value, options, onPick }: MenuOptions) {
    const id = useId();
    return (
        <div role="group" aria-labelledby={id}>
            <div id={id} className="ui-menu-label">
                {group}
            </div>
            <Menu.RadioGroup value={value} onChange={onPick}>
                {options.map(option => (
                    <Menu.RadioItem
                        key={option.value}
                        value={option.value}
                        lang={option.lang}
                        closeMenuOnClick={false}
                        checkIcon={<IconCheck size={16} stroke={2} aria-hidden />}
                    >
                        {option.label}
                    </Menu.RadioItem>
                ))}
            </Menu.RadioGroup>
        </div>
    );
}
