import type { Page } from '@playwright/test';
import { expect, picture, test } from './help';

/** Every screen in light and dark at three widths: no violation, nothing illegible, no sideways scrolling, a picture of each. */
interface Screen {
    name: string;
    path: string;
    as?: string | null;
    before?: string;
    ready: (page: Page) => Promise<unknown>;
}

const heading = (name: string | RegExp) => (page: Page) =>
    page.getByRole('heading', { level: 1, name }).waitFor();

async function openPage(page: Page, title: string) {
    await page.getByRole('table').getByRole('link', { name: title, exact: true }).click();
    await page.frameLocator('iframe[title^="Preview of"]').locator('h1').waitFor();
}

/** What would have to be pushed sideways to be read. */
const tooWide = (page: Page) =>
    page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('main')]
            .filter(element => element.scrollWidth > element.clientWidth)
            .map(element => `${element.tagName}: ${element.scrollWidth} > ${element.clientWidth}`),
    );

const SCREENS: Screen[] = [
    { name: 'sign-in', path: '/signin', as: null, ready: heading('Sign in') },
    { name: 'sign-up', path: '/signup', as: null, ready: heading('Create your site') },
    {
        name: 'sign-up-errors',
        path: '/signup',
        as: null,
        ready: async page => {
            await page.getByLabel('Site name').fill('Northwind');
            await page.getByText('This address is taken.').waitFor();
            await page.getByRole('button', { name: 'Create site' }).click();
            await page.getByText('Fill this in.').first().waitFor();
        },
    },
    { name: 'reset', path: '/reset', as: null, ready: heading('Reset your password') },
    {
        name: 'new-password',
        path: '/reset/good',
        as: null,
        ready: heading('Set a new password'),
    },
    {
        name: 'verify-failed',
        path: '/verify/old',
        ready: page => page.getByText('This link does not work').waitFor(),
    },
    { name: 'verified', path: '/verify/good', ready: heading('Your address is confirmed') },
    {
        name: 'dashboard',
        path: '/o/northwind',
        ready: page => page.getByText('Set up your site').waitFor(),
    },
    {
        name: 'dashboard-error',
        path: '/o/northwind',
        before: 'fault=unavailable&path=/dashboard&times=99',
        ready: page => page.getByRole('alert').waitFor(),
    },
    {
        name: 'pages',
        path: '/o/northwind/pages',
        ready: page => page.getByRole('link', { name: 'About us' }).waitFor(),
    },
    {
        name: 'pages-selected',
        path: '/o/northwind/pages',
        ready: async page => {
            await page.getByLabel('Select About us').check();
            await page.getByLabel('Select Wholesale').check();
        },
    },
    {
        name: 'pages-no-match',
        path: '/o/northwind/pages?search=zebra',
        ready: page => page.getByText('Nothing matches').first().waitFor(),
    },
    {
        name: 'pages-empty',
        path: '/o/empty/pages',
        before: 'empty',
        ready: page => page.getByText('No pages yet').waitFor(),
    },
    {
        name: 'pages-error',
        path: '/o/northwind/pages',
        before: 'fault=unavailable&path=/pages&times=99',
        ready: page => page.getByRole('alert').waitFor(),
    },
    {
        name: 'new-page',
        path: '/o/northwind/pages?new=true',
        ready: page => page.getByRole('dialog', { name: 'New page' }).waitFor(),
    },
    { name: 'editor', path: '/o/northwind/pages', ready: page => openPage(page, 'Home') },
    {
        name: 'organizations',
        path: '/organizations',
        ready: page => page.getByRole('link', { name: 'Maison Olive', exact: true }).waitFor(),
    },
    {
        name: 'new-client',
        path: '/organizations?new=true',
        ready: page => page.getByRole('dialog', { name: 'New client' }).waitFor(),
    },
    { name: 'profile', path: '/profile', ready: page => page.getByText('This session').waitFor() },
    {
        name: 'nothing',
        path: '/o/northwind/elsewhere',
        ready: page => page.getByText('Nothing is here').last().waitFor(),
    },
];

const WIDTHS = [1440, 768, 360];

for (const scheme of ['light', 'dark'] as const) {
    test.describe(scheme, () => {
        test.use({ colorScheme: scheme });
        for (const screen of SCREENS) {
            test(screen.name, async ({ page, mock, signIn, accessible, legible }) => {
                if (screen.as !== null) await signIn(screen.as);
                if (screen.before) await mock(screen.before);
                await page.goto(screen.path);
                await screen.ready(page);
                for (const width of WIDTHS) {
                    await page.setViewportSize({ width, height: width === 360 ? 780 : 900 });
                    await picture(page, `${screen.name}-${width}-${scheme}`);
                    expect(await tooWide(page)).toEqual([]);
                    if (scheme === 'light' && width !== 768) await accessible();
                    if (scheme === 'dark' && width === 1440) await legible();
                }
            });
        }

        test('what floats: switcher, palette, menus, key help, drawer', async ({
            page,
            signIn,
            accessible,
        }) => {
            await signIn();
            await page.goto('/o/northwind/pages');
            await page.getByRole('link', { name: 'About us' }).waitFor();
            const look = async (name: string, close = true) => {
                await picture(page, `${name}-${page.viewportSize()!.width}-${scheme}`);
                // What lies half under a card that floats is no target while it does.
                await accessible('target-size');
                if (!close) return;
                await page.keyboard.press('Escape');
                await expect(page.locator('[role=menu], [role=dialog]')).toHaveCount(0);
            };
            await page.getByRole('button', { name: /Switch organization/ }).click();
            await page.getByRole('option', { name: 'All organizations' }).waitFor();
            await look('switcher');
            await page.keyboard.press('Control+k');
            await page.getByRole('option', { name: 'New page' }).waitFor();
            await look('palette');
            await page.getByRole('button', { name: 'Your account' }).click();
            await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
            await look('account');
            await page.locator('[data-row="1"]').hover();
            await page.getByRole('button', { name: 'Actions for About us' }).click();
            await page.getByRole('menuitem', { name: 'Move to bin' }).waitFor();
            await look('row-menu');
            await page.keyboard.press('?');
            await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
            await look('key-help');
            await page.setViewportSize({ width: 360, height: 780 });
            await page.getByRole('button', { name: 'Navigation' }).click();
            await page.getByRole('dialog', { name: 'Navigation' }).waitFor();
            await look('drawer');
        });

        test('the loader', async ({ page, mock, signIn, accessible }) => {
            await mock('stepMs=400&failAt=theme');
            await signIn();
            await mock('stepMs=400&failAt=theme');
            await page.goto('/organizations?new=true');
            await page.getByRole('dialog').getByLabel('Name').fill('Late Light');
            await page.getByText('late-light.sites.localhost').waitFor();
            await page.getByRole('button', { name: 'Create client' }).click();
            await page.getByText(/\d ms/).first().waitFor();
            await picture(page, `loader-1440-${scheme}`);
            await accessible();
            await page.getByText('The storage did not answer.').waitFor();
            await picture(page, `loader-failed-1440-${scheme}`);
            await accessible();
            await page.setViewportSize({ width: 360, height: 780 });
            await picture(page, `loader-failed-360-${scheme}`);
        });

        test('the editor’s panes, its conflict, its phone', async ({
            page,
            mock,
            signIn,
            accessible,
        }) => {
            await signIn();
            await page.goto('/o/northwind/pages');
            await openPage(page, 'Wholesale');
            await page
                .getByRole('navigation', { name: 'Structure' })
                .getByRole('button', { name: /^Hero/ })
                .click();
            await picture(page, `editor-section-1440-${scheme}`);
            await accessible();
            await mock('touch=Wholesale&title=Wholesale');
            await page.getByLabel('Heading').fill('Mine');
            await page
                .getByRole('dialog', { name: 'There is a newer version' })
                .getByRole('row')
                .nth(1)
                .waitFor();
            await picture(page, `conflict-1440-${scheme}`);
            await accessible();
            await page.setViewportSize({ width: 360, height: 780 });
            await picture(page, `conflict-360-${scheme}`);
            await page.getByRole('button', { name: 'Take theirs' }).click();
            for (const pane of ['Structure', 'Settings']) {
                await page.getByRole('button', { name: pane, exact: true }).last().click();
                await picture(page, `editor-${pane.toLowerCase()}-360-${scheme}`);
                await accessible();
            }
        });
    });
}

test('yellow, red and near-black brands stay legible', async ({
    page,
    mock,
    signIn,
    accessible,
}) => {
    for (const accent of ['facc15', 'dc2626', '0b0b0b']) {
        await mock(`accent=%23${accent}`);
        await signIn();
        await page.goto('/o/northwind');
        await page.getByText('Set up your site').waitFor();
        await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
        await picture(page, `brand-${accent}`);
        await accessible();
    }
});

test('the searches stay on one line in German', async ({ page, mock, signIn }) => {
    await signIn();
    await mock('german');
    await page.goto('/o/northwind/pages');
    const header = page.getByRole('button', { name: /^Suchen oder springen/ });
    const list = page.getByRole('searchbox', { name: 'Seiten durchsuchen' });
    for (const width of [1440, 1024, 900, 768, 640, 360]) {
        await page.setViewportSize({ width, height: 780 });
        await list.waitFor();
        await picture(page, `searches-de-${width}`);
        // Of the words and the keys beside them, nothing is broken and nothing cut.
        const cut = await header
            .first()
            .evaluate(button =>
                [...button.querySelectorAll('span, kbd')]
                    .filter(e => e.clientHeight > 24 || e.scrollWidth > e.clientWidth)
                    .map(e => `${e.textContent}: ${e.scrollWidth} × ${e.clientHeight}`),
            );
        expect(cut, `${width}`).toEqual([]);
        expect((await list.boundingBox())!.height).toBeLessThan(46);
    }
});

test('what can be done with a selection is in sight in German', async ({ page, mock, signIn }) => {
    await signIn();
    await mock('german');
    await page.goto('/o/northwind/pages');
    await page.getByLabel('About us auswählen').check();
    for (const width of [1440, 960, 900, 768, 640, 360]) {
        await page.setViewportSize({ width, height: 780 });
        await picture(page, `selected-de-${width}`);
        for (const name of ['Veröffentlichen', 'In den Papierkorb', 'Auswahl aufheben'])
            await expect(page.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
    }
});

test('a narrow list tells pages of one title apart by their addresses', async ({
    page,
    signIn,
}) => {
    await page.setViewportSize({ width: 1024, height: 768 });
    await signIn();
    await page.goto('/o/northwind/pages');
    const row = page.getByRole('row').filter({ hasText: 'Wholesale' });
    await expect(row.getByText('/wholesale')).toBeVisible();
    const title = (await row.getByRole('link').boundingBox())!;
    const path = (await row.getByText('/wholesale').boundingBox())!;
    const whole = (await row.boundingBox())!;
    expect(path.y).toBeGreaterThanOrEqual(title.y + title.height - 1);
    expect(path.y + path.height).toBeLessThanOrEqual(whole.y + whole.height);
    await picture(page, 'pages-1024');
});

test('the platform’s own site asks nobody to set it up', async ({ page, signIn }) => {
    await signIn('root@example.org');
    await page.goto('/o/platform');
    await expect(page.getByRole('heading', { name: 'Recently edited' })).toBeVisible();
    await expect(page.getByText('is live')).toBeVisible();
    await expect(page.getByText('Set up your site')).toHaveCount(0);
});

test('the picture at sign-up speaks German where the form does', async ({ page }) => {
    await page.goto('/signup');
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await expect(page.getByText('deine-website')).toBeVisible();
    await expect(page.getByText('your-site')).toHaveCount(0);
});

test('the screens stand in German and from right to left', async ({ page, mock, signIn }) => {
    await signIn();
    await mock('german');
    for (const [name, path] of [
        ['dashboard', '/o/northwind'],
        ['pages', '/o/northwind/pages'],
        ['profile', '/profile'],
        ['organizations', '/organizations'],
    ] as const) {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).last().waitFor();
        await expect(page.locator('html')).toHaveAttribute('lang', 'de');
        await picture(page, `german-${name}`);
        await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
        for (const width of [1440, 360]) {
            await page.setViewportSize({ width, height: 800 });
            await picture(page, `rtl-${name}-${width}`);
            expect(await tooWide(page)).toEqual([]);
        }
        await page.setViewportSize({ width: 1440, height: 900 });
    }
});
