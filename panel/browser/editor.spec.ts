import { expect, open, picture, saved, test } from './help';

test.describe('the editor', () => {
    test('adds, moves, hides, removes; and takes it back', async ({ page, signIn }) => {
        await signIn();
        await open(page, 'About us');
        const structure = page.getByRole('navigation', { name: 'Structure' });
        await structure.getByRole('button', { name: 'Add section' }).click();
        await expect(page.getByRole('combobox')).toBeFocused();
        await page.keyboard.type('quote');
        await page.keyboard.press('Enter');
        await expect(page.getByLabel('Who said it')).toHaveValue('Mina Sato');
        await structure.getByRole('button', { name: 'Actions for Quote' }).click();
        await page.getByRole('menuitem', { name: 'Move up' }).click();
        await expect(structure.getByRole('listitem').first()).toContainText('Quote');
        await structure.getByRole('button', { name: 'Actions for Quote' }).click();
        await page.getByRole('menuitem', { name: 'Hide' }).click();
        await expect(structure.getByLabel('Hidden')).toBeVisible();
        await structure.getByRole('button', { name: 'Actions for Quote' }).click();
        await page.getByRole('menuitem', { name: 'Remove' }).click();
        await expect(structure.getByText('Quote')).toHaveCount(0);
        await page.keyboard.press('Control+z');
        await expect(structure.getByText('Quote').first()).toBeVisible();
        await expect(saved(page)).toBeVisible();
        await page.reload();
        await expect(structure.getByText('Quote').first()).toBeVisible();
    });

    test('writes text with headings, lists, bold words and links', async ({
        page,
        signIn,
        accessible,
    }) => {
        await signIn();
        await open(page, 'About us');
        const structure = page.getByRole('navigation', { name: 'Structure' });
        await structure.getByRole('button', { name: 'Add section' }).click();
        await page.getByRole('combobox').fill('text');
        await page.getByRole('option', { name: 'Text', exact: true }).click();
        const text = page.getByRole('textbox', { name: 'Text' });
        await expect(text).toHaveText('It began with one bag of beans.');
        await text.press('Control+a');
        await text.pressSequentially('Visit us');
        const tools = page.getByRole('toolbar', { name: 'Format Text' });
        await tools.getByRole('button', { name: 'Heading', exact: true }).click();
        await text.press('Enter');
        await text.pressSequentially('- Mondays');
        await text.press('Enter');
        await text.press('Control+b');
        await text.pressSequentially('Never');
        await text.press('Control+b');
        await text.pressSequentially(' on Sundays, see ');
        await text.press('Control+k');
        await page.getByLabel('Leads to').fill('our prices');
        await page.getByRole('button', { name: 'Set link' }).click();
        await expect(page.getByText(/A path of this site/)).toBeVisible();
        await accessible();
        await picture(page, 'rich-text-1440-light');
        await page.getByLabel('Leads to').fill('/prices');
        await page.keyboard.press('Enter');
        await expect(saved(page)).toBeVisible();
        await page.reload();
        await structure.getByText('Text', { exact: true }).last().click();
        await expect(text.getByRole('heading', { level: 2 })).toHaveText('Visit us');
        await expect(text.getByRole('listitem')).toHaveCount(2);
        await expect(text.locator('strong')).toHaveText('Never');
        await expect(text.getByRole('link')).toHaveAttribute('href', '/prices');
        // Tab leads to the bar once, arrows within it.
        await text.focus();
        await page.keyboard.press('Shift+Tab');
        await page.keyboard.press('ArrowRight');
        await expect(tools.getByRole('button', { name: 'Italic' })).toBeFocused();
        await accessible();
    });

    test('tells when the draft goes out, and takes that back', async ({
        page,
        mock,
        signIn,
        accessible,
    }) => {
        await signIn();
        await mock(`later=About us&at=${new Date(Date.now() + 86_400_000).toISOString()}`);
        await open(page, 'About us');
        const note = page.getByText(/^Goes out on /);
        await expect(note).toBeVisible();
        await expect(page.getByRole('banner')).toContainText('Published');
        await picture(page, 'timed-editor');
        await accessible();
        await page.getByLabel('Title').first().fill('About the house');
        await page.getByRole('button', { name: 'Cancel schedule' }).click();
        await expect(note).toHaveCount(0);
        await expect(page.getByText('Schedule cancelled')).toBeVisible();
        await expect(saved(page)).toBeVisible();
        await page.reload();
        await expect(page.getByLabel('Title').first()).toHaveValue('About the house');
        await expect(note).toHaveCount(0);
    });

    test('goes out at its time while it is open, and editing goes on', async ({
        page,
        mock,
        signIn,
    }) => {
        await signIn();
        const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
        await mock(`later=Brewing guides&at=${soon(4000)}`);
        await open(page, 'Brewing guides');
        await expect(page.getByText(/^Goes out on /)).toBeVisible();
        await expect(page.getByText(/^Goes out on /)).toHaveCount(0, { timeout: 15_000 });
        await expect(page.getByRole('banner')).toContainText('Published');
        await page.getByLabel('Title').first().fill('Brewing, in short');
        await expect(saved(page)).toBeVisible();

        // Nobody looked since: what only has another version is no conflict.
        await mock(`later=Brewing, in short&at=${soon(500)}`);
        await page.waitForTimeout(600);
        await page.getByRole('button', { name: 'Publish', exact: true }).click();
        await expect(page.getByText('Published. Visitors see it now.')).toBeVisible();
        await expect(page.getByRole('dialog')).toHaveCount(0);
    });

    test('previews the title in search as the site writes it', async ({ page, signIn }) => {
        await signIn();
        await open(page, 'About us');
        const pane = page.getByRole('region', { name: 'Settings' });
        await expect(pane.getByText('About us – Northwind Coffee')).toBeVisible();
        await pane.getByLabel('Title').last().fill('Who we are');
        await expect(pane.getByText('Who we are – Northwind Coffee')).toBeVisible();
        await pane.getByLabel('Title').last().fill('Northwind Coffee');
        await expect(pane.getByText('Northwind Coffee', { exact: true })).toBeVisible();
    });

    test('takes as many letters as the server does', async ({ page, signIn }) => {
        await signIn();
        await open(page, 'About us');
        const pane = page.getByRole('region', { name: 'Settings' });
        await pane.getByLabel('Address').fill('a'.repeat(150));
        await expect(pane.getByLabel('Address')).toHaveValue('a'.repeat(100));
        await expect(pane.getByLabel('Description')).toHaveAttribute('maxlength', '400');
    });

    test('shows both versions when somebody was faster', async ({ page, mock, signIn }) => {
        await signIn();
        await open(page, 'Wholesale');
        await mock('touch=Wholesale&title=Wholesale');
        await page.getByLabel('Title').first().fill('Wholesale prices');
        const dialog = page.getByRole('dialog', { name: 'There is a newer version' });
        await expect(dialog.getByRole('row', { name: /Title/ })).toContainText('Wholesale prices');
        await expect(dialog.getByRole('row', { name: /Heading/ })).toContainText('Their heading');
        await dialog.getByRole('button', { name: 'Take theirs' }).click();
        await expect(dialog).toHaveCount(0);
        await expect(page.getByLabel('Title').first()).toHaveValue('Wholesale');

        await mock('touch=Wholesale&title=Wholesale today');
        await page.getByLabel('Title').first().fill('Mine');
        await dialog.getByRole('button', { name: 'Keep mine' }).click();
        await expect(saved(page)).toBeVisible();
        await page.reload();
        await expect(page.getByLabel('Title').first()).toHaveValue('Mine');
    });

    test('offline: says so, keeps the draft, saves it when the line is back', async ({
        page,
        context,
        signIn,
    }) => {
        await signIn();
        await open(page, 'Careers');
        await context.setOffline(true);
        await page.getByLabel('Title').first().fill('Careers and jobs');
        await expect(
            page.getByText('You are offline. Changes are kept in this browser.'),
        ).toBeVisible();
        await expect(page.getByText('Offline, kept here')).toBeVisible();
        await expect(page.getByRole('button', { name: 'Publish', exact: true })).toBeDisabled();
        await context.setOffline(false);
        await expect(saved(page)).toBeVisible();
    });

    test('a draft that could not be saved is there after a reload', async ({
        page,
        mock,
        signIn,
    }) => {
        await signIn();
        await open(page, 'Careers');
        await mock('fault=unavailable&path=/pages/&method=PATCH&times=2');
        await page.getByLabel('Title').first().fill('Careers, kept');
        await expect(page.getByText('Offline, kept here')).toBeVisible();
        await page.reload();
        await expect(page.getByLabel('Title').first()).toHaveValue('Careers, kept');
        await mock('calm');
        await expect(saved(page)).toBeVisible();
    });

    test('a kept draft is its author’s, whoever signs in next', async ({ page, mock, signIn }) => {
        await signIn();
        await open(page, 'Careers');
        const address = page.url();
        const title = page.getByLabel('Title').first();
        await mock('fault=unavailable&path=/pages/&method=PATCH&times=99');
        await title.fill('Ada wrote this');
        await expect(page.getByText('Offline, kept here')).toBeVisible();
        await page.getByRole('link', { name: 'All pages' }).click();
        await page.getByRole('button', { name: 'Your account' }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await expect(page).toHaveURL(/signin/);

        await signIn('root@example.org');
        const sent: string[] = [];
        page.on('request', request => request.method() === 'PATCH' && sent.push(request.url()));
        await page.goto(address);
        await expect(title).toHaveValue('Careers');
        await expect(saved(page)).toBeVisible();
        await page.waitForTimeout(1500);
        expect(sent).toEqual([]);

        await signIn();
        await page.goto(address);
        await expect(title).toHaveValue('Ada wrote this');
        await expect(saved(page)).toBeVisible();
    });

    test('a save whose answer was lost is no conflict', async ({ page, mock, signIn }) => {
        await signIn();
        await open(page, 'Careers');
        await mock('fault=lost&path=/pages/&method=PATCH');
        const again = page.waitForResponse(response => response.status() === 412);
        await page.getByLabel('Title').first().fill('Careers, arrived');
        await again;
        await expect(saved(page)).toBeVisible();
        await expect(page.getByRole('dialog')).toHaveCount(0);
        await page.getByLabel('Title').first().fill('Careers, and on');
        await expect(saved(page)).toBeVisible();
        await page.reload();
        await expect(page.getByLabel('Title').first()).toHaveValue('Careers, and on');
    });

    test('the home page stays: nothing offers to take it away', async ({ page, signIn }) => {
        await signIn();
        await page.goto('/o/northwind/pages');
        await page.getByRole('button', { name: 'Actions for Home' }).click();
        await expect(page.getByRole('menuitem', { name: 'View on site' })).toBeVisible();
        await expect(page.getByRole('menuitem', { name: 'Unpublish' })).toHaveCount(0);
        await expect(page.getByRole('menuitem', { name: 'Move to bin' })).toHaveCount(0);
        await page.keyboard.press('Escape');
        await page.getByLabel('Select Home').check();
        await expect(page.getByText('1 selected')).toBeVisible();
        await expect(page.getByRole('button', { name: 'Move to bin' })).toHaveCount(0);
        await page.getByLabel('Select About us').check();
        await page.getByRole('button', { name: 'Move to bin' }).click();
        await expect(page.getByText('Moved to the bin')).toBeVisible();

        await open(page, 'Home');
        await page.getByRole('button', { name: 'More actions' }).click();
        await expect(page.getByRole('menuitem', { name: 'View on site' })).toBeVisible();
        await expect(page.getByRole('menuitem', { name: 'Unpublish' })).toHaveCount(0);
    });

    test('a narrow screen keeps the title readable while offline', async ({
        page,
        context,
        signIn,
    }) => {
        await page.setViewportSize({ width: 360, height: 780 });
        await signIn();
        await open(page, 'Careers');
        await page.getByRole('button', { name: 'Settings' }).click();
        await context.setOffline(true);
        await page.getByLabel('Title').first().fill('Careers and jobs');
        const note = page.getByRole('status').filter({ hasText: 'Offline, kept here' });
        await expect(note).toBeVisible();
        const heading = (await page.getByRole('heading', { level: 1 }).boundingBox())!;
        expect(heading.width).toBeGreaterThan(60);
        expect(heading.x + heading.width).toBeLessThanOrEqual((await note.boundingBox())!.x);
        const overflow = () => document.documentElement.scrollWidth - innerWidth;
        expect(await page.evaluate(overflow)).toBe(0);
        await context.setOffline(false);
        await expect(page.getByRole('status').filter({ hasText: /^\s*Saved/ })).toBeAttached();
    });

    test('every width has Undo, Redo and the state of the page', async ({
        page,
        mock,
        signIn,
        accessible,
    }) => {
        await signIn();
        await mock('german');
        await page.goto('/o/northwind/pages');
        await page.getByRole('table').getByRole('link', { name: 'Contact', exact: true }).click();
        const title = page.getByLabel('Titel').first();
        await title.fill('Contact us');
        const undo = page.getByRole('button', { name: 'Rückgängig' });
        const redo = page.getByRole('button', { name: 'Wiederholen' });
        for (const width of [1440, 1199, 1024, 900, 768, 360]) {
            await page.setViewportSize({ width, height: 780 });
            const state = page.getByText('Veröffentlicht, bearbeitet').filter({ visible: true });
            await expect(state).toBeInViewport({ ratio: 1 });
            await expect(redo).toBeDisabled();
            await undo.click();
            await redo.click();
            await expect(undo).toBeEnabled();
            await picture(page, `editor-steps-de-${width}`);
        }
        await accessible();
    });

    test('a section goes where its grip is let go, and Escape leaves it', async ({
        page,
        signIn,
    }) => {
        await signIn();
        await open(page, 'Home');
        const rows = page.getByRole('navigation', { name: 'Structure' }).locator('ul').first();
        const sections = rows.locator('> li');
        const names = () => sections.locator('> div').allInnerTexts();
        const [first, second, ...rest] = await names();
        const drag = async () => {
            await sections.nth(0).locator('> div').hover();
            await sections.nth(0).getByTitle('Drag to move').first().hover();
            await page.mouse.down();
            const { x, y, height } = (await sections.nth(1).boundingBox())!;
            await page.mouse.move(x + 200, y + height - 4, { steps: 5 });
        };
        await drag();
        await page.keyboard.press('Escape');
        await page.mouse.up();
        expect(await names()).toEqual([first, second, ...rest]);
        await drag();
        await page.mouse.up();
        await expect.poll(names).toEqual([second, first, ...rest]);
        await expect(saved(page)).toBeVisible();
        await page.reload();
        await sections.first().waitFor();
        expect(await names()).toEqual([second, first, ...rest]);
    });

    test('a refused address is told at its field', async ({ page, signIn }) => {
        await signIn();
        await open(page, 'Careers');
        await page.getByLabel('Address').fill('wholesale');
        await expect(page.getByText('Another page has this address.')).toBeVisible();
        await page.getByLabel('Address').fill('jobs');
        await expect(saved(page)).toBeVisible();
        await page.getByLabel('Address').fill('');
        await page.getByLabel('Address').pressSequentially('Größe & Co!');
        await expect(page.getByLabel('Address')).toHaveValue('groesse-co-');
        await page.getByLabel('Address').blur();
        await expect(page.getByLabel('Address')).toHaveValue('groesse-co');
        await expect(saved(page)).toBeVisible();
    });

    test('unpublishes, and goes to the bin with a way back', async ({ page, signIn }) => {
        await signIn();
        await open(page, 'Press');
        await page.getByRole('button', { name: 'Publish', exact: true }).click();
        await expect(page.getByText('Published. Visitors see it now.')).toBeVisible();
        await page.getByRole('button', { name: 'More actions' }).click();
        await page.getByRole('menuitem', { name: 'Unpublish' }).click();
        await expect(page.getByText('Page unpublished')).toBeVisible();
        await page.getByRole('button', { name: 'More actions' }).click();
        await page.getByRole('menuitem', { name: 'Move to bin' }).click();
        await expect(page).toHaveURL(/\/pages$/);
        await page.getByRole('button', { name: 'Undo' }).click();
        await expect(page.getByRole('link', { name: 'Press', exact: true })).toBeVisible();
    });
});
