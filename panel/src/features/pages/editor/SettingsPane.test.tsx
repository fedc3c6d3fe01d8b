import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../../../api/problems';
import type { Organization, Theme } from '../../../api/types';
import { UiProvider } from '../../../ui/UiProvider';
import type { Selection } from './draft';
import { SettingsPane } from './SettingsPane';
import type { EditorModel } from './useEditor';

const choice = (value: string) => ({ value, label: value });
const theme: Theme = {
    name: 'small',
    sections: [
        {
            type: 'hero',
            name: 'Hero',
            max_blocks: 2,
            presets: [],
            settings: [
                { type: 'select', id: 'layout', label: 'Layout', options: ['a', 'b'].map(choice) },
                {
                    type: 'select',
                    id: 'art',
                    label: 'Art',
                    options: ['a', 'b', 'c', 'd'].map(choice),
                },
                { type: 'range', id: 'width', label: 'Width', min: 0, max: 100 },
                { type: 'checkbox', id: 'quiet', label: 'Quiet' },
                { type: 'image', id: 'image', label: 'Image' },
            ],
            blocks: [
                {
                    type: 'button',
                    name: 'Button',
                    settings: [{ type: 'url', id: 'url', label: 'Link' }],
                },
            ],
        },
    ],
};
const draft = {
    title: 'Home',
    slug: '',
    seo: { title: null, description: null, noindex: false },
    sections: {
        sections: {
            one: {
                type: 'hero',
                settings: {},
                blocks: { b: { type: 'button', settings: {} } },
                block_order: ['b'],
            },
            gone: { type: 'gone', settings: {} },
        },
        order: ['one', 'gone'],
    },
};

const ONE: Selection = { kind: 'section', section: 'one' };
const BUTTON: Selection = { kind: 'block', section: 'one', block: 'b' };

/** The pane after a save that was refused over these fields. */
function show(selection: Selection, ...fields: [string, string][]) {
    const select = vi.fn();
    const problem = new Problem('invalid', 422, {
        detail: 'Check the marked fields.',
        fields: fields.map(([pointer, detail]) => ({ pointer, code: 'themes', detail })),
    });
    const editor = {
        draft,
        selection,
        select,
        page: { template: 'home', url: 'https://acme.test/' },
        save: { state: 'refused', problem },
    } as unknown as EditorModel;
    const organization = { name: 'Acme', verified: true } as Organization;
    render(
        <UiProvider>
            <SettingsPane editor={editor} theme={theme} organization={organization} mayEdit />
        </UiProvider>,
    );
    return select;
}

/** What a screen reader says to a field beside its name. */
function told(field: HTMLElement): string {
    const ids = field.getAttribute('aria-describedby')?.split(' ') ?? [];
    return ids.map(id => document.getElementById(id)?.textContent).join(' ');
}

const note = () => screen.getByRole('alert').textContent;

describe('a save that was refused', () => {
    afterEach(() => {
        document.body.innerHTML = '';
    });

    it('is told at each setting that is open, of whatever kind', () => {
        show(
            ONE,
            ['/sections/sections/one/settings/layout', 'Choose one of a, b.'],
            ['/sections/sections/one/settings/art', 'Choose one of a, b, c, d.'],
            ['/sections/sections/one/settings/width', 'Between 0 and 100.'],
            ['/sections/sections/one/settings/quiet', 'This must be true or false.'],
            ['/sections/sections/one/settings/image', 'This takes the name of a file.'],
        );
        expect(told(screen.getByRole('group', { name: 'Layout' }))).toBe('Choose one of a, b.');
        expect(told(screen.getByLabelText('Art'))).toBe('Choose one of a, b, c, d.');
        expect(told(screen.getByLabelText('Width'))).toBe('Between 0 and 100.');
        expect(told(screen.getByLabelText('Quiet'))).toBe('This must be true or false.');
        expect(told(screen.getByLabelText('Image'))).toContain('This takes the name of a file.');
        expect(note()).toContain('Not saved');
        expect(note()).not.toContain('Choose one of');
    });

    it('is told at the setting of a block, below which the fault may lie', () => {
        show(BUTTON, ['/sections/sections/one/blocks/b/settings/url/x/0', 'A link leads to …']);
        expect(told(screen.getByLabelText('Link'))).toBe('A link leads to …');
    });

    it('names the part that is not open, and leads there', () => {
        const select = show(ONE, [
            '/sections/sections/one/blocks/b/settings/url',
            'A link leads to …',
        ]);
        expect(note()).toContain('A link leads to …');
        fireEvent.click(screen.getByRole('button', { name: 'Hero, Button, Link' }));
        expect(select).toHaveBeenCalledWith(BUTTON);
    });

    it('tells in the note what no field of the open part can say', () => {
        show(
            { kind: 'section', section: 'gone' },
            ['/sections/sections/gone/type', "This theme has no section 'gone'."],
            ['/sections/sections/gone/settings/extra', "'gone' has no setting 'extra'."],
            ['/sections/sections/removed/settings/x', 'Between 1 and 2.'],
            ['/sections/order', 'The order must name each part once.'],
        );
        expect(note()).toContain("This theme has no section 'gone'.");
        expect(screen.getByRole('button', { name: 'gone, extra' })).toBeTruthy();
        expect(note()).toContain('Between 1 and 2.');
        expect(note()).toContain('The order must name each part once.');
    });

    it('of the page itself is told in its form alone', () => {
        show({ kind: 'page' }, ['/title', 'Give the page a title.']);
        expect(told(screen.getAllByLabelText('Title')[0]!)).toContain('Give the page a title.');
        expect(note()).not.toContain('Give the page a title.');
    });
});
