import { expect, PASSWORD, picture, test } from './help';

test('the whole path: sign up, watch, land, edit, publish, be seen', async ({
    page,
    mock,
    context,
    baseURL,
}) => {
    await mock('stepMs=120');
    await page.goto('/signup?utm_source=newsletter&utm_campaign=spring');
    await page.getByLabel('Site name').fill('Mühle & Söhne');
    await expect(page.getByLabel('Address')).toHaveValue('muehle-soehne');
    await expect(page.getByText('muehle-soehne.sites.localhost').first()).toBeVisible();
    await page.getByLabel('Your name').fill('Jonas Keller');
    await page.getByLabel('E-mail').fill('jonas@example.org');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await picture(page, 'path-1-sign-up');
    await page.getByRole('button', { name: 'Create site' }).click();

    await expect(page.getByRole('heading', { name: 'Preparing Mühle & Söhne' })).toBeVisible();
    await expect(page.getByText(/\d ms/).first()).toBeVisible();
    await picture(page, 'path-2-loader');

    await expect(page).toHaveURL(/\/o\/muehle-soehne$/);
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
    const { lastSignUp } = await mock('');
    expect(lastSignUp).toMatchObject({
        utm: { source: 'newsletter', campaign: 'spring' },
        organization: { demo: true },
    });
    await expect(page.getByRole('dialog', { name: 'Pages' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByText('Set up your site')).toBeVisible();
    const by = new Date(Date.now() + 14 * 86_400_000);
    await expect(page.getByText(/^Confirm your e-mail address by/)).toContainText(
        by.toLocaleDateString('en', { dateStyle: 'long' }),
    );
    await expect(page.getByRole('button', { name: 'Send again' })).toBeVisible();
    await picture(page, 'path-3-dashboard');
    await page.setViewportSize({ width: 360, height: 780 });
    await picture(page, 'path-3-dashboard-360');
    await page.setViewportSize({ width: 1280, height: 720 });

    await page.getByRole('link', { name: 'Pages', exact: true }).click();
    await expect(page.getByText('3 pages')).toBeVisible();
    await picture(page, 'path-4-pages');
    await page.getByRole('table').getByRole('link', { name: 'Home', exact: true }).click();

    const preview = page.frameLocator('iframe[title^="Preview of"]');
    await expect(preview.getByRole('heading', { level: 1 })).toHaveText(
        'A quiet place for good coffee',
    );
    await preview.locator('[data-section-id=hero]').click();
    const heading = page.getByLabel('Heading');
    await heading.fill('Bread since 1898');
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
    await expect(preview.getByRole('heading', { level: 1 })).toHaveText('Bread since 1898');
    await picture(page, 'path-5-editor');

    const site = await context.newPage();
    await site.goto(`http://muehle-soehne.sites.localhost:${new URL(baseURL!).port}/`);
    await expect(site.getByRole('heading', { level: 1 })).toHaveText(
        'A quiet place for good coffee',
    );
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(page.getByText('Published. Visitors see it now.')).toBeVisible();
    await site.reload();
    await expect(site.getByRole('heading', { level: 1 })).toHaveText('Bread since 1898');
    await picture(site, 'path-6-visitor');
});

test('without scripts the page says what it needs', async ({ browser, baseURL }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${baseURL}/`);
    await expect(page.locator('noscript p')).toHaveText([
        /^This page needs JavaScript/,
        /^Diese Seite braucht JavaScript/,
    ]);
    await context.close();
});
