import type { Page } from '@playwright/test';
import { expect, open, PASSWORD, picture, saved, test } from './help';

const structureOf = (page: Page) => page.getByRole('navigation', { name: 'Structure' });
const titleOf = (page: Page) => page.getByLabel('Title').first();
const undoOf = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Undo' });
const redoOf = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Redo' });
const toastOf = (page: Page) => page.getByRole('status').filter({ hasText: 'Removed' });

async function add(page: Page, name: string) {
    await structureOf(page).getByRole('button', { name: 'Add section' }).click();
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
}

async function remove(page: Page, name: string) {
    const row = structureOf(page).getByRole('button', { name: `Actions for ${name}` });
    await row.last().click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
}

test.describe('one history', () => {
    test('goes back and forth over a removal while its toast is open', async ({ page, signIn }) => {
        await signIn();
        await open(page, 'About us');
        await add(page, 'quote');
        const quote = structureOf(page).getByText('Quote', { exact: true });
        await remove(page, 'Quote');
        await expect(toastOf(page)).toBeVisible();
        await expect(quote).toHaveCount(0);
        await page.keyboard.press('Control+z');
        await expect(quote).toHaveCount(1);
        await expect(toastOf(page)).toHaveCount(0);
        await expect(redoOf(page)).toBeEnabled();
        await page.keyboard.press('Control+z');
        await expect(quote).toHaveCount(0);
        await expect(undoOf(page)).toBeDisabled();
        await page.keyboard.press('Control+Shift+z');
        await expect(quote).toHaveCount(1);
        await page.keyboard.press('Control+Shift+z');
        await expect(quote).toHaveCount(0);
        await expect(redoOf(page)).toBeDisabled();
    });

    test('takes back what was typed after a removal first', async ({ page, signIn }) => {
        await signIn();
        await open(page, 'About us');
        await add(page, 'quote');
        await remove(page, 'Quote');
        await titleOf(page).fill('About the house');
        await page.keyboard.press('Control+z');
        await expect(titleOf(page)).toHaveValue('About us');
        await expect(structureOf(page).getByText('Quote', { exact: true })).toHaveCount(0);
        await page.keyboard.press('Control+z');
        await expect(structureOf(page).getByText('Quote', { exact: true })).toHaveCount(1);
    });

    test('the toast undoes its own removal and keeps what was typed since', async ({
        page,
        signIn,
    }) => {
        await signIn();
        await open(page, 'About us');
        await add(page, 'quote');
        await remove(page, 'Quote');
        await titleOf(page).fill('About the house');
        await toastOf(page).getByRole('button', { name: 'Undo' }).click();
        await expect(structureOf(page).getByText('Quote', { exact: true })).toHaveCount(1);
        await expect(titleOf(page)).toHaveValue('About the house');
        // Where nothing came after it, it is a step back like any other.
        await remove(page, 'Quote');
        await toastOf(page).getByRole('button', { name: 'Undo' }).click();
        await expect(redoOf(page)).toBeEnabled();
        await expect(
            structureOf(page)
                .getByRole('button', { name: /^Quote/ })
                .first(),
        ).toBeFocused();
    });

    test('holds rich text too: the last change first, wherever it was', async ({
        page,
        signIn,
    }) => {
        await signIn();
        await open(page, 'About us');
        await add(page, 'text');
        const text = page.getByRole('textbox', { name: 'Text' });
        await text.press('Control+a');
        await text.pressSequentially('Short');
        await page.getByRole('textbox', { name: 'Heading' }).fill('Our days');
        await text.focus();
        await page.keyboard.press('Control+z');
        await expect(page.getByRole('textbox', { name: 'Heading' })).toHaveValue('Our story');
        await expect(text).toHaveText('Short');
        await page.keyboard.press('Control+z');
        await expect(text).not.toHaveText('Short');
    });
});

test('after Remove the focus is on the next part, the one before, or the way to add one', async ({
    page,
    signIn,
}) => {
    await signIn();
    await open(page, 'Home');
    const rows = structureOf(page).locator('ul').first().locator('> li > div');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-part'));
    const parts = () =>
        rows
            .locator('[data-part]')
            .evaluateAll(all => all.map(row => row.getAttribute('data-part')));
    const drop = async (index: number) => {
        await rows.nth(index).getByRole('button', { name: 'Actions for' }).click();
        await page.getByRole('menuitem', { name: 'Remove' }).click();
    };
    const before = await parts();
    await drop(0);
    await expect.poll(focused).toBe(before[1]);
    await drop(before.length - 2);
    await expect.poll(focused).toBe(before.at(-2));
    for (let left = before.length - 2; left > 0; left--) await drop(0);
    await expect(structureOf(page).getByRole('button', { name: 'Add section' })).toBeFocused();
});

test('the section picker has the first key that is typed at it', async ({ page, signIn }) => {
    await signIn();
    await open(page, 'About us');
    const button = structureOf(page).getByRole('button', { name: 'Add section' });
    // In the same breath as the click: whatever came later would lose a letter to the page.
    const role = await button.evaluate(async (element: HTMLElement) => {
        element.click();
        await Promise.resolve();
        return document.activeElement?.getAttribute('role');
    });
    expect(role).toBe('combobox');
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.type('quote');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Who said it')).toHaveValue('Mina Sato');
    await expect(
        structureOf(page)
            .getByRole('button', { name: /^Quote/ })
            .first(),
    ).toBeFocused();
});

test('rows that are alike are numbered', async ({ page, signIn, accessible }) => {
    await signIn();
    await open(page, 'About us');
    await add(page, 'quote');
    await expect(structureOf(page).getByText('Quote', { exact: true })).toHaveCount(1);
    await add(page, 'quote');
    const second = structureOf(page).getByRole('button', { name: 'Actions for Quote 2' });
    await expect(second).toBeAttached();
    await structureOf(page).getByRole('button', { name: 'Add section' }).click();
    await accessible();
    await picture(page, 'add-section-1440-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 360, height: 780 });
    await page.getByRole('button', { name: 'Structure' }).click();
    await structureOf(page).getByRole('button', { name: 'Add section' }).click();
    await expect(page.getByRole('combobox')).toBeInViewport({ ratio: 1 });
    await accessible();
    await picture(page, 'add-section-360-dark');
});

test.describe('without a line', () => {
    const PART = '**/assets/RichTextField*';

    test('an open editor has what it needs before the line goes', async ({
        page,
        context,
        signIn,
    }) => {
        await signIn();
        const part = page.waitForResponse(/RichTextField.*\.js/);
        const menu = page.waitForResponse(/MenuBox.*\.js/);
        await open(page, 'About us');
        await (await part).finished();
        await (await menu).finished();
        await context.setOffline(true);
        await add(page, 'text');
        await expect(page.getByRole('textbox', { name: 'Text' })).toBeVisible();
        await remove(page, 'Text');
        await expect(toastOf(page)).toBeVisible();
    });

    test('a part that is not there says so in its place, and comes with the line', async ({
        page,
        signIn,
        accessible,
    }) => {
        await signIn();
        await page.route(PART, route => route.abort());
        await open(page, 'About us');
        await add(page, 'text');
        const note = page.getByText('This part could not be loaded');
        await expect(note).toBeVisible();
        await accessible();
        await picture(page, 'part-missing-1440-light');
        await page.getByRole('button', { name: 'Try again' }).click();
        await expect(note).toBeVisible();
        await page.getByRole('textbox', { name: 'Heading' }).fill('Written all the same');
        await expect(saved(page)).toBeVisible();
        await page.unroute(PART);
        await page.evaluate(() => dispatchEvent(new Event('online')));
        await expect(page.getByRole('textbox', { name: 'Text' })).toBeVisible();
        // With its own style sheet, which the first try lost as well.
        await expect(page.getByRole('toolbar', { name: 'Format Text' })).toHaveCSS(
            'display',
            'flex',
        );
    });

    test('what opens over the screen and is not there says so and closes', async ({
        page,
        signIn,
    }) => {
        await signIn();
        await page.route('**/assets/MenuBox*', route => route.abort());
        await open(page, 'About us');
        const more = page.getByRole('button', { name: 'More actions' });
        await more.click();
        await expect(page.getByText('This needs a connection.')).toBeVisible();
        await expect(more).toHaveAttribute('aria-expanded', 'false');
        await page.unroute('**/assets/MenuBox*');
        await more.click();
        await expect(page.getByRole('menuitem', { name: 'View on site' })).toBeVisible();
    });
});

test('a session that ended says so at the door, and what was typed is saved behind it', async ({
    page,
    context,
    signIn,
    accessible,
}) => {
    await signIn();
    await open(page, 'Careers');
    const address = page.url();
    await context.clearCookies();
    await titleOf(page).fill('Careers, late at night');
    await expect(page).toHaveURL(/signin/);
    await expect(page.getByText('Your session has ended. Your changes are kept')).toBeVisible();
    await accessible();
    await picture(page, 'session-ended-1440-light');
    await page.setViewportSize({ width: 360, height: 780 });
    await picture(page, 'session-ended-360-light');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.reload();
    await expect(page.getByText('Your session has ended.')).toBeVisible();
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(address);
    await expect(titleOf(page)).toHaveValue('Careers, late at night');
    await expect(saved(page)).toBeVisible();

    // Without anything typed nothing is said of changes, and who signs out knows why.
    await page.getByRole('link', { name: 'All pages' }).click();
    await expect(page.getByRole('heading', { name: /^Pages/ })).toBeVisible();
    await context.clearCookies();
    await page.getByRole('link', { name: 'Wholesale', exact: true }).click();
    await expect(page.getByText('Your session has ended. Sign in to go on.')).toBeVisible();
    await signIn();
    await page.goto('/profile');
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await expect(page.getByText('Your session has ended.')).toHaveCount(0);
});

test('a double click publishes once', async ({ page, mock, signIn }) => {
    await signIn();
    await open(page, 'Press');
    const sent: string[] = [];
    page.on('request', request => {
        if (request.method() === 'PUT') sent.push(request.url());
    });
    await mock('fault=slow&path=/publication&ms=300');
    await page.getByRole('button', { name: 'Publish', exact: true }).dblclick();
    await expect(page.getByText('Published. Visitors see it now.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Published', exact: true })).toBeDisabled();
    await page.waitForTimeout(400);
    expect(sent).toHaveLength(1);
});

test('what is pasted keeps its headings and its cells', async ({ page, signIn }) => {
    await signIn();
    await open(page, 'About us');
    await add(page, 'text');
    const text = page.getByRole('textbox', { name: 'Text' });
    await text.press('Control+a');
    await text.evaluate(element => {
        const data = new DataTransfer();
        const row = '<tr><td><p>Espresso</p></td><td><p>2.50</p></td></tr>';
        data.setData('text/html', `<h1>Our cups</h1><table><tbody>${row}</tbody></table>`);
        const paste = { clipboardData: data, bubbles: true, cancelable: true };
        element.dispatchEvent(new ClipboardEvent('paste', paste));
    });
    await expect(text.getByRole('heading', { level: 2 })).toHaveText('Our cups');
    await expect(text.locator('p').last()).toHaveText(/^Espresso\s+\|\s+2\.50\s*$/);
    await expect(saved(page)).toBeVisible();
});

test('a conflict with oneself speaks of windows, not of others', async ({
    page,
    context,
    signIn,
    accessible,
}) => {
    await signIn();
    await open(page, 'Wholesale');
    const other = await context.newPage();
    await other.goto(page.url());
    await other.getByLabel('Title').first().fill('Wholesale, there');
    await expect(saved(other)).toBeVisible();
    await other.close();
    await titleOf(page).fill('Wholesale, here');
    const dialog = page.getByRole('dialog', { name: 'There is a newer version' });
    await expect(dialog).toContainText('in another window');
    await expect(dialog.getByRole('columnheader', { name: 'This window' })).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Take theirs' })).toHaveCount(0);
    await accessible();
    await picture(page, 'conflict-self-1440-light');
    await dialog.getByRole('button', { name: 'Take the other version' }).click();
    await expect(titleOf(page)).toHaveValue('Wholesale, there');
});
