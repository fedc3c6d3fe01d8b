import type { Page } from '@playwright/test';
import { expect, picture, test } from './help';

/** Throws pages away and opens the bin; what it returns finds a row there. */
async function binned(page: Page, titles: string[]) {
    await page.goto('/o/northwind/pages');
    for (const title of titles) await page.getByLabel(`Select ${title}`, { exact: true }).check();
    await page.getByRole('button', { name: 'Move to bin' }).click();
    await page.getByRole('button', { name: /^Bin/ }).click();
    const row = (title: string) => page.getByRole('row').filter({ hasText: title });
    for (const title of titles) await expect(row(title)).toContainText('Goes for good on ');
    await page.getByRole('button', { name: 'Close' }).click();
    return row;
}

const isFocused = (element: Element) => element.closest('button') === document.activeElement;

test.describe('lists', () => {
    test('a slow list shows its skeleton, a broken one the way on', async ({
        page,
        mock,
        signIn,
    }) => {
        await signIn();
        await mock('fault=slow&path=/pages&ms=1500');
        await page.goto('/o/northwind/pages');
        await expect(page.getByRole('status').filter({ hasText: 'Loading' })).toBeAttached();
        await expect(page.getByRole('link', { name: 'About us' })).toBeVisible();

        await mock('fault=unavailable&path=/pages&times=99');
        await page.reload();
        await expect(page.getByRole('alert')).toContainText('The pages could not be loaded');
        await page.getByText('Details').click();
        await expect(page.getByText(/req_/)).toBeVisible();
        await mock('calm');
        await page.getByRole('button', { name: 'Try again' }).click();
        await expect(page.getByRole('link', { name: 'About us' })).toBeVisible();
    });

    test('search, no match, empty', async ({ page, mock, signIn }) => {
        await signIn();
        await page.goto('/o/northwind/pages');
        await page.getByRole('link', { name: 'About us' }).waitFor();
        await page.keyboard.press('/');
        await page.keyboard.type('zebra');
        await expect(page.getByText('Nothing matches “zebra”')).toBeVisible();
        await page.getByRole('button', { name: 'Clear search' }).last().click();
        await expect(page.getByRole('link', { name: 'About us' })).toBeVisible();
        await mock('empty');
        await page.goto('/o/empty/pages');
        await expect(page.getByText('No pages yet')).toBeVisible();
    });

    test('what goes to the bin comes back with Undo', async ({ page, signIn }) => {
        await signIn();
        await page.goto('/o/northwind/pages');
        await page.getByLabel('Select About us').check();
        await page.getByLabel('Select Wholesale').check();
        await expect(page.getByText('2 selected')).toBeVisible();
        await page.getByRole('button', { name: 'Move to bin' }).click();
        await expect(page.getByText('2 moved to the bin')).toBeVisible();
        await expect(page.getByRole('link', { name: 'About us' })).toHaveCount(0);
        await page.keyboard.press('Control+z');
        await expect(page.getByRole('link', { name: 'About us' })).toBeVisible();
    });

    test('Undo brings back what was out; where that is gone, none is offered', async ({
        page,
        signIn,
    }) => {
        await signIn();
        await page.goto('/o/northwind/pages');
        const row = (title: string) => page.getByRole('row').filter({ hasText: title });
        const unpublish = async (title: string) => {
            await row(title).hover();
            await row(title)
                .getByRole('button', { name: `Actions for ${title}` })
                .click();
            await page.getByRole('menuitem', { name: 'Unpublish' }).click();
            await expect(row(title)).toContainText('Draft');
        };
        const undo = page.getByRole('button', { name: 'Undo' });
        await unpublish('About us');
        await undo.click();
        await expect(row('About us')).toContainText('Published');
        await expect(row('Contact')).toContainText('Published, edited');
        await unpublish('Contact');
        await expect(page.getByText('Unpublished. Its edits are kept as a draft')).toBeVisible();
        await expect(undo).toHaveCount(0);
    });

    test('the bin keeps what was thrown away, and gives it back later', async ({
        page,
        signIn,
        accessible,
    }) => {
        await signIn();
        await page.goto('/o/northwind/pages');
        await page.getByLabel('Select Wholesale').check();
        await page.getByRole('button', { name: 'Move to bin' }).click();
        await expect(page.getByText('Moved to the bin')).toBeVisible();
        await page.getByRole('button', { name: /^Bin/ }).click();
        const row = page.getByRole('row').filter({ hasText: 'Wholesale' });
        await expect(row).toContainText('Goes for good on ');
        await expect(row.getByRole('link')).toHaveCount(0);
        await picture(page, 'bin-1440-light');
        await accessible();
        await row.getByRole('button', { name: 'Actions for Wholesale' }).click();
        await page.getByRole('menuitem', { name: 'Restore' }).click();
        await expect(page.getByText('The bin is empty')).toBeVisible();
        await expect(page.getByText('Pages stay here for 30 days')).toBeVisible();
        await picture(page, 'bin-empty');
        await accessible();
        await page.getByRole('button', { name: 'Show all' }).click();
        await expect(page.getByRole('link', { name: 'Wholesale', exact: true })).toBeVisible();
    });

    test('the bin says until when, and asks before a page goes for good', async ({
        page,
        mock,
        signIn,
        accessible,
        legible,
    }) => {
        await signIn();
        const long = 'Careers at the roastery, in the shop and with our friends in Bergen';
        await mock(`touch=Careers&title=${long}`);
        const row = await binned(page, ['Wholesale', long]);
        const end = new Date(Date.now() + 30 * 86_400_000);
        const day = end.toLocaleDateString('en', { day: 'numeric', month: 'short' });
        await expect(row('Careers')).toContainText(`Goes for good on ${day}`);
        const ask = async () => {
            await row('Wholesale').getByRole('button').click();
            await page.getByRole('menuitem', { name: 'Delete for good' }).click();
        };
        const dialog = page.getByRole('dialog', { name: 'Delete “Wholesale” for good?' });
        for (const width of [1440, 768, 360]) {
            await page.setViewportSize({ width, height: 780 });
            const words = (await row('Wholesale').getByText('Goes for good').boundingBox())!;
            const button = (await row('Wholesale').getByRole('button').boundingBox())!;
            expect(words.x + words.width, `words at ${width} px`).toBeLessThan(button.x);
            const title = (await page.getByText(long).boundingBox())!;
            expect(title.height, `title at ${width} px`).toBeLessThan(30);
            for (const scheme of ['light', 'dark'] as const) {
                await page.emulateMedia({ colorScheme: scheme });
                await picture(page, `bin-list-${width}-${scheme}`);
                await (scheme === 'light' ? accessible() : legible());
                await ask();
                await expect(dialog).toContainText('Nothing brings it back');
                await picture(page, `bin-dialog-${width}-${scheme}`);
                await (scheme === 'light' ? accessible() : legible());
                await page.keyboard.press('Escape');
                await expect(dialog).toHaveCount(0);
                await expect(row('Wholesale').getByRole('button')).toBeFocused();
            }
        }
        await ask();
        await dialog.getByRole('button', { name: 'Cancel' }).click();
        await expect(dialog).toHaveCount(0);
        await expect(row('Wholesale')).toBeVisible();

        await mock('fault=unavailable&path=/bin/pages/&method=DELETE&times=99');
        await ask();
        await dialog.getByRole('button', { name: 'Delete for good' }).click();
        await expect(dialog.getByRole('alert')).toContainText('Not deleted');
        await mock('calm');
        await dialog.getByRole('button', { name: 'Delete for good' }).click();
        await expect(page.getByText('Deleted for good')).toBeVisible();
        await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
        await expect(row('Wholesale')).toHaveCount(0);
        await page.reload();
        await expect(row('Careers')).toBeVisible();
        await expect(row('Wholesale')).toHaveCount(0);
    });

    test('a page goes for good by the keyboard alone', async ({ page, signIn }) => {
        await signIn();
        const row = await binned(page, ['Wholesale']);
        await row('Wholesale').getByRole('button').focus();
        await page.keyboard.press('Enter');
        await expect(page.getByRole('menuitem', { name: 'Restore' })).toBeFocused();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        const dialog = page.getByRole('dialog');
        await expect(dialog.locator(':focus')).toHaveCount(1);
        // Whoever only goes on pressing Enter deletes nothing.
        await expect(dialog.getByRole('button', { name: 'Delete for good' })).not.toBeFocused();
        for (let i = 0; i < 3; i++) {
            if (await dialog.getByText('Delete for good').evaluate(isFocused)) break;
            await page.keyboard.press('Tab');
        }
        await page.keyboard.press('Enter');
        await expect(page.getByText('The bin is empty')).toBeVisible();
    });

    test('many go for good at once, and what a fault left goes with the next try', async ({
        page,
        signIn,
        accessible,
    }) => {
        await signIn();
        const titles = [
            'Wholesale',
            'Careers',
            'Press',
            'Contact',
            'Privacy',
            'Imprint',
            'Gift cards',
        ];
        const row = await binned(page, [...titles, 'About us']);
        await page.getByLabel('Select all').check();
        await page.getByLabel('Select About us').uncheck();
        for (const width of [360, 768, 1440]) {
            await page.setViewportSize({ width, height: 780 });
            await picture(page, `bin-selection-${width}`);
            await accessible();
        }
        await page.getByRole('button', { name: 'Delete for good' }).click();
        const dialog = page.getByRole('dialog', { name: 'Delete 7 pages for good?' });
        await expect(dialog.getByRole('listitem')).toHaveCount(6);
        await expect(dialog).toContainText('and 2 more');
        await picture(page, 'bin-dialog-many');
        await accessible();

        const asked: string[] = [];
        await page.route('**/bin/pages/*', route => {
            asked.push(route.request().url());
            if (asked.length === 3) return route.fulfill({ status: 503, body: '{}' });
            return route.continue();
        });
        await dialog.getByRole('button', { name: 'Delete for good' }).click();
        await expect(dialog.getByRole('alert')).toContainText('Not all of them are deleted');
        await dialog.getByRole('button', { name: 'Delete for good' }).click();
        await expect(page.getByText('7 deleted for good')).toBeVisible();
        expect(asked.length).toBe(8);
        await expect(page.getByText('7 selected')).toHaveCount(0);
        await expect(row('About us')).toBeVisible();
        await expect(row('Careers')).toHaveCount(0);
    });

    test('the bin speaks German', async ({ page, mock, signIn }) => {
        await mock('german');
        await signIn();
        await page.goto('/o/northwind/pages');
        await page.getByLabel('Wholesale auswählen').check();
        await page.getByRole('button', { name: 'In den Papierkorb' }).click();
        await page.getByRole('button', { name: /^Papierkorb/ }).click();
        const row = page.getByRole('row').filter({ hasText: 'Wholesale' });
        await expect(row).toContainText('Endgültig weg am ');
        for (const width of [1440, 768, 360]) {
            await page.setViewportSize({ width, height: 780 });
            await picture(page, `bin-german-${width}`);
        }
        await row.getByRole('button').click();
        await page.getByRole('menuitem', { name: 'Endgültig löschen' }).click();
        const dialog = page.getByRole('dialog', { name: '„Wholesale“ endgültig löschen?' });
        await expect(dialog.getByRole('button', { name: 'Endgültig löschen' })).toBeVisible();
        await picture(page, 'bin-german-dialog-360');
    });

    test('a page whose changes wait in this browser is marked until they are saved', async ({
        page,
        mock,
        signIn,
        accessible,
        legible,
    }) => {
        await signIn();
        await page.goto('/o/northwind/pages');
        const row = page.getByRole('row').filter({ hasText: 'Careers' });
        const mark = row.getByText('Unsaved changes');
        await row.getByRole('link').click();
        await mock('fault=unavailable&path=/pages/&method=PATCH&times=99');
        await page.getByLabel('Title').first().fill('Careers and jobs');
        await expect(page.getByText('Offline, kept here')).toBeVisible();
        await page.goto('/o/northwind/pages');
        await expect(mark).toBeVisible();
        await expect(page.getByText('Unsaved changes')).toHaveCount(1);
        for (const width of [1440, 768, 360]) {
            await page.setViewportSize({ width, height: 780 });
            await mark.scrollIntoViewIfNeeded();
            await expect(mark).toBeInViewport({ ratio: 1 });
            for (const scheme of ['light', 'dark'] as const) {
                await page.emulateMedia({ colorScheme: scheme });
                await picture(page, `unsaved-${width}-${scheme}`);
                await (scheme === 'light' ? accessible() : legible());
            }
        }
        await row.getByRole('link').click();
        await mock('calm');
        await expect(page.getByRole('status').filter({ hasText: /^\s*Saved/ })).toBeAttached();
        await page.goto('/o/northwind/pages');
        await expect(page.getByRole('link', { name: 'Careers and jobs' })).toBeVisible();
        await expect(mark).toHaveCount(0);
    });

    test('a page with a time shows it, stays out, and has it taken back', async ({
        page,
        mock,
        signIn,
        accessible,
    }) => {
        await signIn();
        const at = new Date(Date.now() + 3 * 86_400_000).toISOString();
        for (const title of ['About us', 'Contact', 'Brewing guides'])
            await mock(`later=${title}&at=${at}`);
        await page.goto('/o/northwind/pages');
        const row = page.getByRole('row').filter({ hasText: 'Contact' });
        const clock = row.getByRole('img', { name: /^Goes out on / });
        await expect(clock).toBeVisible();
        await expect(row).toContainText('Published, edited');
        await expect(page.getByRole('row').filter({ hasText: 'Brewing guides' })).toContainText(
            'Scheduled',
        );
        for (const width of [768, 360, 1440]) {
            await page.setViewportSize({ width, height: 780 });
            await picture(page, `timed-${width}`);
            await accessible();
        }
        const take = async () => {
            await row.hover();
            await row.getByRole('button', { name: 'Actions for Contact' }).click();
            await page.getByRole('menuitem', { name: 'Cancel schedule' }).click();
            await expect(clock).toHaveCount(0);
        };
        await take();
        await page.getByRole('button', { name: 'Undo' }).click();
        await expect(clock).toBeVisible();
        await take();
        await expect(row).toContainText('Published, edited');
    });

    test('titles keep room at every width, with a sidebar beside them or without', async ({
        page,
        signIn,
    }) => {
        await signIn();
        await page.goto('/o/northwind/pages');
        const title = page
            .getByRole('row')
            .filter({ hasText: 'Contact' })
            .getByRole('cell')
            .filter({ has: page.getByRole('link') });
        await expect(title).toBeVisible();
        for (const width of [1440, 1200, 1023, 960, 900, 899, 768, 640]) {
            await page.setViewportSize({ width, height: 780 });
            await picture(page, `columns-${width}`);
            const box = (await title.boundingBox())!;
            expect(box.width, `at ${width} px`).toBeGreaterThan(200);
        }
    });

    test('the path goes before the title is cut, and the search before the name', async ({
        page,
        mock,
        signIn,
    }) => {
        await signIn();
        await page.goto('/o/northwind?rename=true');
        await page.getByLabel('Site name').fill('Northwind Coffee Roasters of Bergen');
        await page.getByRole('button', { name: 'Save' }).click();
        const title = 'Shipping and returns abroad';
        await mock(`touch=Shipping and returns&title=${title}`);
        await page.goto('/o/northwind/pages');
        const link = page.getByRole('link', { name: title });
        const name = page.getByRole('banner').getByText('Northwind Coffee Roasters of Bergen');
        await expect(link).toBeVisible();
        const isCut = (element: Element) => element.scrollWidth > element.clientWidth;
        for (const width of [1440, 1200, 1120, 1100, 1024]) {
            await page.setViewportSize({ width, height: 780 });
            await picture(page, `long-names-${width}`);
            expect(await link.evaluate(isCut), `title at ${width} px`).toBe(false);
            expect(await name.evaluate(isCut), `name at ${width} px`).toBe(false);
        }
    });

    test('the first page in another language brings the column of languages', async ({
        page,
        signIn,
    }) => {
        await signIn();
        await page.goto('/o/blue-fjord/pages');
        const column = page.getByRole('columnheader', { name: 'Language' });
        await page.getByRole('link', { name: 'About us' }).waitFor();
        await expect(column).toHaveCount(0);
        await page.getByRole('button', { name: 'New page' }).click();
        const dialog = page.getByRole('dialog', { name: 'New page' });
        await expect(dialog.getByLabel('Language')).toHaveValue('en');
        await dialog.getByLabel('Title').fill('Über uns');
        await expect(dialog.getByText('Address: /ueber-uns')).toBeVisible();
        await dialog.getByLabel('Language').selectOption('Deutsch');
        await expect(dialog.getByText('Address: /de/ueber-uns')).toBeVisible();
        await dialog.getByRole('button', { name: 'Create page' }).click();
        await page.getByRole('heading', { name: 'Edit Über uns' }).waitFor();
        await page.getByRole('link', { name: 'All pages' }).click();
        await expect(column).toBeVisible();
        await expect(page.getByRole('row').filter({ hasText: 'Über uns' })).toContainText('de');
    });

    test('ten thousand rows are a few in the document', async ({ page, mock, signIn }) => {
        await signIn();
        await mock('pages=10000');
        await page.goto('/o/northwind/pages');
        await expect(page.getByText('10,017 pages')).toBeVisible();
        expect(await page.locator('[data-row]').count()).toBeLessThan(50);
        await page.getByRole('region', { name: 'Pages' }).evaluate(el => el.scrollTo(0, 99_999));
        await expect(page.getByRole('link', { name: 'Recipe 80', exact: true })).toBeVisible();
        expect(await page.locator('[data-row]').count()).toBeLessThan(60);
    });

    test('the keyboard goes everywhere', async ({ page, signIn }) => {
        await signIn();
        await page.goto('/o/northwind');
        await page.getByText('Recently edited').waitFor();
        await page.keyboard.press('g');
        await page.keyboard.press('p');
        await expect(page).toHaveURL(/\/pages$/);
        // The dashboard has links of the same names and stays until the list is there.
        const list = page.getByRole('region', { name: 'Pages' });
        await list.getByRole('link', { name: 'About us' }).waitFor();
        await page.keyboard.press('j');
        await page.keyboard.press('j');
        await page.keyboard.press('x');
        await expect(page.getByText('1 selected')).toBeVisible();
        await page.keyboard.press('Escape');
        await page.keyboard.press('c');
        await expect(page.getByRole('dialog', { name: 'New page' })).toBeVisible();
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+k');
        await expect(page.getByRole('combobox')).toBeFocused();
        await page.keyboard.type('roastery');
        await expect(page.getByRole('option', { name: /Our roastery/ })).toBeVisible();
        await page.keyboard.press('Enter');
        await expect(page.getByRole('heading', { name: 'Edit Our roastery' })).toBeAttached();
    });

    test('what is typed before the palette is there is not lost, and is no shortcut', async ({
        page,
        signIn,
    }) => {
        await signIn();
        await page.route('**/assets/Palette-*', async route => {
            await new Promise(resolve => setTimeout(resolve, 1200));
            await route.continue();
        });
        await page.goto('/o/northwind');
        await page.getByText('Recently edited').waitFor();
        await page.keyboard.press('Control+k');
        await page.keyboard.type('roaste');
        await expect(page.getByRole('dialog')).toHaveCount(1);
        await expect(page.getByLabel('Search or jump to…').last()).toHaveValue('roaste');
        await expect(page.getByRole('option', { name: /Our roastery/ })).toBeVisible();
        await expect(page.getByRole('combobox')).toBeFocused();
        await page.keyboard.type('ry');
        await expect(page.getByRole('combobox')).toHaveValue('roastery');
        await expect(page).toHaveURL(/\/o\/northwind$/);
    });

    test('keys pressed while a dialog is on its way do nothing else', async ({ page, signIn }) => {
        await signIn();
        await page.route('**/assets/DialogBox-*', async route => {
            await new Promise(resolve => setTimeout(resolve, 1200));
            await route.continue();
        });
        await page.goto('/o/northwind/pages');
        await page.getByRole('link', { name: 'About us' }).waitFor();
        await page.keyboard.press('?');
        await page.waitForTimeout(100);
        await page.keyboard.press('o');
        await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
        await expect(page.getByRole('combobox')).toHaveCount(0);
    });

    test('the switcher finds without accents and keeps the kind of page', async ({
        page,
        signIn,
    }) => {
        await signIn();
        await page.goto('/o/northwind/pages');
        await page.getByRole('link', { name: 'About us' }).waitFor();
        await page.keyboard.press('o');
        await expect(page.getByRole('combobox')).toBeFocused();
        await page.keyboard.type('zurich');
        await expect(page.getByRole('option', { name: /Zürich Velo/ }).first()).toBeVisible();
        await expect(page.getByRole('option')).toHaveCount(4);
        await page.keyboard.press('Enter');
        await expect(page).toHaveURL(/\/o\/client-\d+\/pages$/);
    });

    test('an agency makes a client', async ({ page, mock, signIn }) => {
        await signIn();
        await mock('stepMs=30');
        await page.goto('/organizations');
        await page.getByRole('button', { name: 'New client' }).click();
        const dialog = page.getByRole('dialog', { name: 'New client' });
        await dialog.getByLabel('Name').fill('Bergen Books');
        await expect(dialog.getByText('bergen-books.sites.localhost')).toBeVisible();
        await dialog.getByRole('button', { name: 'Create client' }).click();
        await expect(page).toHaveURL(/\/o\/bergen-books$/);
    });
});
