import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const PORT = process.env.E2E_PORT;
const PASSWORD = 'correct horse battery';
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** A step is seen: nothing in it is closed to a reader's tools, and its picture is kept. */
async function seen(page: Page, name: string) {
    await page.evaluate(async () => {
        await document.fonts.ready;
        await Promise.all(
            document
                .getAnimations()
                .filter(animation => animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
                .map(animation => animation.finished.catch(() => undefined)),
        );
    });
    await page.screenshot({ path: `${process.env.E2E_PICTURES}/${name}.png` });
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).exclude('iframe').analyze();
    expect(violations.map(found => `${name}: ${found.id} at ${found.nodes.map(node => node.target)}`)).toEqual([]);
}

async function mailTo(page: Page, address: string) {
    let found: { subject: string } | undefined;
    await expect(async () => {
        const mails = await (await page.request.get(`${process.env.E2E_MAIL}/api/email`)).json();
        found = mails.find((mail: { to: { address: string }[] }) => mail.to.some(to => to.address === address));
        expect(found).toBeDefined();
    }).toPass({ timeout: 30_000 });
    return found;
}

test('from a registration to what a visitor sees', async ({ page, context }) => {
    const faults: string[] = [];
    page.on('pageerror', fault => faults.push(String(fault)));

    await page.goto('/signup?utm_source=newsletter&utm_campaign=spring');
    await page.getByLabel('Site name').fill('Mühle & Söhne');
    await expect(page.getByLabel('Address')).toHaveValue('muehle-soehne');
    await page.getByLabel('Your name').fill('Jonas Keller');
    await page.getByLabel('E-mail').fill('jonas@example.org');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await seen(page, '1-sign-up');
    await page.getByRole('button', { name: 'Create site' }).click();

    await expect(page.getByRole('heading', { name: 'Preparing Mühle & Söhne' })).toBeVisible();
    await page.screenshot({ path: `${process.env.E2E_PICTURES}/2-loader.png` }); // it moves on by itself
    await expect(page).toHaveURL(/\/o\/muehle-soehne$/);
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
    await mailTo(page, 'jonas@example.org');
    const tour = page.getByRole('dialog'); // the first visit begins with it
    await expect(tour).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(tour).toBeHidden();
    await seen(page, '3-dashboard');

    await page.getByRole('link', { name: 'Pages', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Pages' })).toBeVisible();
    await seen(page, '4-pages');
    await page.getByRole('link', { name: 'Home', exact: true }).last().click();

    const preview = page.frameLocator('iframe[title^="Preview of"]');
    const before = await preview.getByRole('heading', { level: 1 }).innerText();
    await preview.getByRole('heading', { level: 1 }).dispatchEvent('click'); // the frame is drawn to scale
    await page.getByLabel('Heading').first().fill('Bread since 1898');
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
    await expect(preview.getByRole('heading', { level: 1 })).toHaveText('Bread since 1898');
    await seen(page, '5-editor');

    const site = await context.newPage();
    await site.goto(`http://muehle-soehne.sites.localhost:${PORT}/`);
    await expect(site.getByRole('heading', { level: 1 })).toHaveText(before);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(page.getByText('Published. Visitors see it now.')).toBeVisible();
    await site.reload();
    await expect(site.getByRole('heading', { level: 1 })).toHaveText('Bread since 1898');
    await seen(site, '6-visitor');
    expect(faults).toEqual([]);
});
