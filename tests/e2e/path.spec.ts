import { copyFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const PORT = process.env.E2E_PORT;
const PASSWORD = 'correct horse battery';
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** A step is seen: nothing in it is closed to a reader's tools, and its picture is kept. */
async function seen(page: Page, name: string) {
    await picture(page, name);
    await accessible(page, name);
}

async function picture(page: Page, name: string) {
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
}

async function accessible(page: Page, name: string) {
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).exclude('iframe').analyze();
    expect(violations.map(found => `${name}: ${found.id} at ${found.nodes.map(node => node.target)}`)).toEqual([]);
}

/** The documents' pictures are of this walk: kept when asked ('./dev gen --pictures'). */
async function keep(name: string, as: string) {
    const folder = process.env.E2E_DOCS;
    if (folder) await copyFile(`${process.env.E2E_PICTURES}/${name}.png`, `${folder}/${as}.png`);
}

/** A birth takes less than a look: the loader hears of it when told, and its time can stand still. */
async function news(page: Page) {
    let tell = () => {};
    const told = new Promise<void>(done => {
        tell = done;
    });
    await page.route('**/provisioning/events', async route => {
        await told;
        await route.continue();
    });
    return {
        come: async () => {
            await page.clock.install();
            await page.clock.pauseAt(new Date(Date.now() + 2000));
            tell();
        },
        areSeen: () => page.clock.resume(),
    };
}

async function mailTo(page: Page, address: string) {
    let found: { subject: string } | undefined;
    await expect(async () => {
        const mails = await (await page.request.get(`${process.env.E2E_MAIL}/email`)).json();
        found = mails.find((mail: { to: { address: string }[] }) => mail.to.some(to => to.address === address));
        expect(found).toBeDefined();
    }).toPass({ timeout: 30_000 });
    return found;
}

test('from a registration to what a visitor sees', async ({ page, browser }) => {
    const faults: string[] = [];
    page.on('pageerror', fault => faults.push(String(fault)));

    await page.goto('/signup?utm_source=newsletter&utm_campaign=spring');
    await page.getByLabel('Site name').fill('Grüner & Söhne');
    await expect(page.getByLabel('Address')).toHaveValue('gruener-soehne');
    await page.getByLabel('Your name').fill('Jonas Keller');
    await page.getByLabel('E-mail').fill('jonas@example.org');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await seen(page, '1-sign-up');
    const steps = await news(page);
    await page.getByRole('button', { name: 'Create site' }).click();

    await expect(page.getByRole('heading', { name: 'Preparing Grüner & Söhne' })).toBeVisible();
    await accessible(page, '2-loader');
    await steps.come();
    await expect(page.getByRole('listitem').filter({ hasText: /\d+ ms/ })).toHaveCount(5);
    await picture(page, '2-loader');
    await steps.areSeen();
    await expect(page).toHaveURL(/\/o\/gruener-soehne$/);
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
    await page.getByRole('table').getByRole('link', { name: 'Home', exact: true }).click();

    const preview = page.frameLocator('iframe[title^="Preview of"]');
    const before = await preview.getByRole('heading', { level: 1 }).innerText();
    await preview.getByRole('heading', { level: 1 }).dispatchEvent('click'); // the frame is drawn to scale
    await page.getByLabel('Heading', { exact: true }).fill('Gardens since 1898');
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
    await expect(preview.getByRole('heading', { level: 1 })).toHaveText('Gardens since 1898');
    await seen(page, '5-editor');
    await keep('5-editor', 'editor');

    const visitor = await browser.newContext(); // nobody's: not a cookie
    const site = await visitor.newPage();
    await site.goto(`http://gruener-soehne.sites.localhost:${PORT}/`);
    await expect(site.getByRole('heading', { level: 1 })).toHaveText(before);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(page.getByText('Published. Visitors see it now.')).toBeVisible();
    await site.reload();
    await expect(site.getByRole('heading', { level: 1 })).toHaveText('Gardens since 1898');
    await seen(site, '6-visitor');
    await keep('6-visitor', 'site');

    // A section with nothing to show is not drawn; in the preview it can still be chosen.
    await preview.locator('.quote').dispatchEvent('click');
    await page.getByLabel('Quote', { exact: true }).fill('');
    await page.getByLabel('Name', { exact: true }).fill('');
    const strip = preview.locator('[data-section-empty="Quote"]');
    await expect(strip).toBeVisible();
    await page.getByRole('button', { name: 'Page settings' }).click();
    await strip.dispatchEvent('click');
    await expect(page.getByLabel('Quote', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Published' })).toBeVisible();
    await site.reload();
    await expect(site.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(site.locator('.quote')).toHaveCount(0);
    expect(faults).toEqual([]);
});
