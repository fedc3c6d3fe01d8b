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
        await expect(page.getByText('Details')).toHaveCount(0);
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
        const faults: string[] = [];
        page.on('console', message => message.type() === 'error' && faults.push(message.text()));
        for (const path of ['/profile', '/o/northwind', '/o/northwind/pages']) {
            await signIn();
            await page.goto(path);
            await page.getByRole('button', { name: 'Your account' }).click();
            await page.getByRole('menuitem', { name: 'Sign out' }).click();
            await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
        }
        expect(faults.filter(text => !text.startsWith('Failed to load resource'))).toEqual([]);
        await page.goto('/o/northwind');
        await expect(page).toHaveURL(/\/signin/);
    });

    test('an old link for a new password says so; the typed e-mail comes along', async ({
        page,
        mock,
        accessible,
    }) => {
        await mock('calm');
        await page.goto('/reset?token=good');
        await expect(page.getByText('At least 12 characters')).toBeVisible();
        await page.getByLabel('New password').fill('elevenchars');
        await page.getByRole('button', { name: 'Set password' }).click();
        await expect(page.getByText('Use at least 12 characters.')).toBeVisible();
        await page.goto('/reset?token=old');
        await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
        await accessible();
        await page.getByRole('link', { name: 'Ask for a new link' }).click();
        await expect(page.getByRole('heading', { name: 'Reset your password' })).toBeVisible();
        await page.goto('/signin');
        await page.getByLabel('E-mail').fill('ada@example.org');
        await page.getByRole('link', { name: 'Forgot your password?' }).click();
        await expect(page.getByLabel('E-mail')).toHaveValue('ada@example.org');
        expect(page.url()).not.toContain('ada');
    });

    test('an admin renames the organization from its first screen', async ({ page, signIn }) => {
        await signIn();
        await page.goto('/o/northwind');
        await page.getByRole('link', { name: 'Rename' }).click();
        const dialog = page.getByRole('dialog', { name: 'Name your site' });
        await dialog.getByLabel('Site name').fill('Northwind Roasters');
        await dialog.getByRole('button', { name: 'Save' }).click();
        await expect(page.getByRole('banner').first()).toContainText('Northwind Roasters');
        await signIn('edda@example.org');
        await page.goto('/o/northwind');
        await page.getByText('Recently edited').waitFor();
        await expect(page.getByRole('link', { name: 'Rename' })).toHaveCount(0);
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
        await page.goto('/reset?token=good');
        await page.getByLabel('New password').waitFor();
        await page.goto('/take-over?token=secret');
        await page.getByRole('heading', { name: 'Sign in' }).waitFor();
        expect(referrers).toEqual([]);
    });
});
