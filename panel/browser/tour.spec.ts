import { expect, picture, test } from './help';

test.describe('the tour', () => {
    test('is a named dialog that keeps the focus and gives it back', async ({
        page,
        mock,
        signIn,
        accessible,
    }) => {
        await signIn();
        await mock('newcomer');
        await page.goto('/o/northwind');
        const first = page.getByRole('dialog', { name: 'Pages' });
        await expect(first).toBeVisible();
        await expect(first).toHaveAttribute('aria-modal', 'true');
        await expect(page.locator('#root')).toHaveAttribute('inert', '');
        await expect(first.getByRole('button', { name: 'End the tour' })).toBeVisible();
        await page.waitForTimeout(600);
        await picture(page, 'tour-1440');
        await accessible();
        for (let i = 0; i < 5; i++) {
            await page.keyboard.press('Tab');
            expect(
                await page.evaluate(
                    () => document.activeElement?.closest('.introjs-tooltip') !== null,
                ),
            ).toBe(true);
        }
        await first.getByRole('button', { name: 'Next' }).click();
        await expect(page.getByRole('dialog', { name: 'Organizations' })).toBeVisible();
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
        await expect(page.locator('#root')).not.toHaveAttribute('inert', '');
        await page.reload();
        await page.getByText('Set up your site').waitFor();
        await page.waitForTimeout(1500);
        await expect(page.getByRole('dialog')).toHaveCount(0);
    });

    test('gives way to a dialog, and goes on when that is closed', async ({
        page,
        mock,
        signIn,
        accessible,
    }) => {
        await signIn();
        await mock('newcomer');
        await page.goto('/o/northwind?rename=true');
        const rename = page.getByRole('dialog', { name: 'Name your site' });
        const tour = page.getByRole('dialog', { name: 'Pages' });
        await rename.waitFor();
        await page.waitForTimeout(2000);
        await expect(tour).toHaveCount(0);
        await rename.getByRole('button', { name: 'Cancel' }).click();
        await expect(tour).toBeVisible();
        await expect(rename).toHaveCount(0);
        await page.keyboard.press('Control+k');
        const palette = page.getByRole('dialog', { name: /^Search/ });
        await expect(palette.getByRole('combobox')).toBeFocused();
        await expect(tour).toHaveCount(0);
        await expect(page.locator('.introjs-overlay')).toHaveCount(0);
        await accessible('target-size');
        await page.keyboard.press('Escape');
        await expect(tour).toBeVisible();
        await tour.getByRole('button', { name: 'End the tour' }).click();
        await page.waitForTimeout(2000);
        await expect(page.getByRole('dialog')).toHaveCount(0);
    });

    test('starts again from the account menu, as a sheet on a phone', async ({ page, signIn }) => {
        await page.setViewportSize({ width: 360, height: 780 });
        await signIn();
        await page.goto('/o/northwind');
        await page.getByText('Set up your site').waitFor();
        await page.getByRole('button', { name: 'Your account' }).click();
        await page.getByRole('menuitem', { name: 'Show me around' }).click();
        const sheet = page.getByRole('dialog', { name: 'Organizations' });
        await expect(sheet).toBeVisible();
        await page.waitForTimeout(600);
        const box = (await sheet.boundingBox())!;
        expect(Math.round(box.x)).toBe(0);
        expect(Math.round(box.width)).toBe(360);
        expect(Math.round(box.y + box.height)).toBe(780);
        await picture(page, 'tour-360');
    });
});
