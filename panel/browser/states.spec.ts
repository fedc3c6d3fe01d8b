import { expect, test } from './help';

test.describe('people', () => {
    test('sign in, with the way back to where one wanted to go', async ({ page, mock }) => {
        await mock('reset');
        await page.goto('/o/northwind/pages');
        await expect(page).toHaveURL(/\/signin\?next=/);
        await page.getByLabel('E-mail').fill('ada@example.org');
        await page.getByLabel('Password', { exact: true }).fill('wrong');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await expect(page.getByRole('alert')).toContainText('E-mail or password is not right');
        await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await expect(page).toHaveURL(/\/o\/northwind\/pages$/);
    });

    test('a taken address is told at once, with one that is free', async ({ page, mock }) => {
        await mock('reset');
        await page.goto('/signup');
        await page.getByLabel('Site name').fill('Northwind');
        await expect(page.getByText('This address is taken.')).toBeVisible();
        await page.getByRole('button', { name: 'Use northwind-2' }).click();
        await expect(page.getByText('northwind-2.sites.localhost').first()).toBeVisible();
    });

    test('what is missing is said in words, and the first wrong field has the focus', async ({
        page,
        mock,
    }) => {
        await mock('reset');
        await page.goto('/signup');
        await page.getByRole('button', { name: 'Create site' }).click();
        await expect(page.getByText('Fill this in.').first()).toBeVisible();
        await expect(page.getByLabel('Site name')).toBeFocused();
    });

    test('a failed birth can be tried again', async ({ page, mock }) => {
        await mock('stepMs=40&failAt=bucket');
        await page.goto('/signup');
        await page.getByLabel('Site name').fill('Second Chance');
        await page.getByLabel('Your name').fill('Mina Sato');
        await page.getByLabel('E-mail').fill('mina@example.org');
        await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
        await expect(page.getByText('second-chance.sites.localhost').first()).toBeVisible();
        await page.getByRole('button', { name: 'Create site' }).click();
        await expect(page.getByText('The storage did not answer.')).toBeVisible();
        await page.getByRole('button', { name: 'Try again' }).click();
        await expect(page).toHaveURL(/\/o\/second-chance$/);
    });

    test('the loader comes back after a broken line', async ({ page, mock }) => {
        await mock('stepMs=250&cutAfterMs=400');
        await page.goto('/signup');
        await page.getByLabel('Site name').fill('Broken Line');
        await page.getByLabel('Your name').fill('Mina Sato');
        await page.getByLabel('E-mail').fill('mina@example.org');
        await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
        await expect(page.getByText('broken-line.sites.localhost').first()).toBeVisible();
        await page.getByRole('button', { name: 'Create site' }).click();
        await expect(page).toHaveURL(/\/o\/broken-line$/);
    });

    test('sessions are listed and ended; signing out leaves nothing', async ({ page, signIn }) => {
        await signIn();
        await signIn();
        await page.goto('/profile');
        await expect(page.getByText('This session')).toBeVisible();
        await page.getByRole('button', { name: 'End', exact: true }).click();
        await expect(page.getByText('The session has ended')).toBeVisible();
        await expect(page.getByRole('button', { name: 'End', exact: true })).toHaveCount(0);
        await page.getByRole('button', { name: 'Your account' }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await expect(page).toHaveURL(/\/signin/);
        await page.goto('/o/northwind');
        await expect(page).toHaveURL(/\/signin/);
    });

    test('another language is there at once and after a reload', async ({ page, signIn }) => {
        await signIn();
        await page.goto('/o/northwind/pages');
        await page.getByRole('button', { name: 'Your account' }).click();
        await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
        await expect(page.getByRole('heading', { level: 1, name: 'Seiten' })).toBeVisible();
        await page.reload();
        await expect(page.getByRole('heading', { level: 1, name: 'Seiten' })).toBeVisible();
        expect(await page.getAttribute('html', 'lang')).toBe('de');
    });

    test('a viewer looks and changes nothing', async ({ page, signIn }) => {
        await signIn('vera@example.org');
        await page.goto('/o/northwind/pages');
        await expect(page.getByRole('link', { name: 'About us' })).toBeVisible();
        await expect(page.getByRole('button', { name: 'New page' })).toHaveCount(0);
        await expect(page.getByRole('checkbox')).toHaveCount(0);
        await page.getByRole('link', { name: 'About us' }).click();
        await expect(page.getByText('You can look, not change')).toBeVisible();
        await expect(page.getByRole('button', { name: 'Publish' })).toHaveCount(0);
        await expect(page.getByLabel('Title').first()).toBeDisabled();
    });

    test('one organization alone has a name and no switcher; others do not exist', async ({
        page,
        signIn,
    }) => {
        await signIn('edda@example.org');
        await page.goto('/o/northwind');
        await expect(page.getByText('Northwind Coffee')).toBeVisible();
        await expect(page.getByRole('button', { name: /Switch organization/ })).toHaveCount(0);
        await page.goto('/o/blue-fjord');
        await expect(page.getByText('Nothing is here').last()).toBeVisible();
    });

    test('a site registered with one’s address is taken over by a click', async ({
        page,
        signIn,
        accessible,
    }) => {
        await signIn();
        await page.goto('/take-over?token=good');
        await expect(page.getByRole('heading', { name: 'Is “Linden Bikes” yours?' })).toBeVisible();
        await expect(page.getByText('ada@example.org')).toBeVisible();
        await accessible();
        await page.getByRole('button', { name: 'Yes, take it over' }).click();
        await expect(page.getByRole('heading', { name: 'is yours now' })).toBeFocused();
        await accessible();
        await page.getByRole('link', { name: 'Open it' }).click();
        await expect(page).toHaveURL(/\/o\/linden-bikes$/);
    });

    test('a site of a stranger is removed after a second question', async ({ page, signIn }) => {
        await signIn();
        await page.goto('/take-over?token=good');
        await page.getByRole('button', { name: 'No, that wasn’t me' }).click();
        await expect(page.getByText('This can’t be undone.')).toBeVisible();
        await page.getByRole('button', { name: 'Cancel' }).click();
        await page.getByRole('button', { name: 'No, that wasn’t me' }).click();
        await page.getByRole('button', { name: 'Remove the site' }).click();
        await expect(
            page.getByRole('heading', { name: '“Linden Bikes” is removed' }),
        ).toBeVisible();
    });

    test('an old link and one of another address say so', async ({ page, signIn }) => {
        await signIn();
        await page.goto('/take-over?token=old');
        await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
        await page.goto('/take-over?token=other');
        await expect(page.getByText('You are signed in as ada@example.org.')).toBeVisible();
    });

    test('a link with a token says to nobody where it came from', async ({ page, mock }) => {
        await mock('calm');
        const referrers: string[] = [];
        page.on('request', request => {
            const { referer } = request.headers();
            if (referer) referrers.push(`${request.url()} ← ${referer}`);
        });
        await page.goto('/reset?token=secret');
        await page.getByLabel('New password').waitFor();
        await page.goto('/take-over?token=secret');
        await page.getByRole('heading', { name: 'Sign in' }).waitFor();
        expect(referrers).toEqual([]);
    });
});

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
        await page.getByRole('link', { name: 'About us' }).waitFor();
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

test.describe('the editor', () => {
    const open = async (page: import('@playwright/test').Page, title: string) => {
        await page.goto('/o/northwind/pages');
        await page.getByRole('link', { name: title, exact: true }).last().click();
        await page.getByRole('heading', { name: `Edit ${title}` }).waitFor();
    };
    const saved = (page: import('@playwright/test').Page) =>
        page.getByRole('status').filter({ hasText: /^\s*Saved/ });

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

        await mock('touch=Wholesale&title=Wholesale');
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
