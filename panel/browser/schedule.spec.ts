import { expect, open, picture, saved, test } from './help';

test.use({ timezoneId: 'Europe/Berlin' });

test.describe('a page that goes out at a time', () => {
    test('is scheduled with what was just typed, and moved to another time', async ({
        page,
        signIn,
        accessible,
    }) => {
        await signIn();
        await open(page, 'Press');
        const sent: { method: string; body: string | null }[] = [];
        page.on('request', request => {
            if (/\/(publication|en)$/.test(request.url()) && request.method() !== 'GET')
                sent.push({ method: request.method(), body: request.postData() });
        });
        await page.getByLabel('Title').first().fill('Press, next year');
        // By keys alone.
        await page.getByRole('button', { name: 'More actions' }).press('Enter');
        await page.getByRole('menuitem', { name: 'Schedule…' }).press('Enter');
        const dialog = page.getByRole('dialog', { name: 'When should it go out?' });
        await expect(dialog.getByLabel('Date')).toBeFocused();
        await expect(dialog.getByLabel('Time')).toHaveValue('09:00');
        await expect(dialog).toContainText('Europe/Berlin');
        await dialog.getByLabel('Date').fill('2031-07-01');
        await dialog.getByLabel('Time').fill('18:30');
        await expect(dialog).toContainText('Tuesday, July 1, 2031');
        await accessible();
        await picture(page, 'schedule-1440-light');
        await dialog.getByLabel('Time').press('Enter');
        await expect(dialog).toHaveCount(0);
        await expect(page.getByRole('banner')).toContainText('Scheduled');
        // Berlin is two hours ahead in July; and the words went before the time.
        expect(sent.map(({ method }) => method)).toEqual(['PATCH', 'PUT']);
        expect(JSON.parse(sent[1]!.body!)).toEqual({ publish_at: '2031-07-01T16:30:00.000Z' });

        await page.getByRole('button', { name: 'More actions' }).click();
        await page.getByRole('menuitem', { name: 'Schedule…' }).click();
        await expect(dialog.getByLabel('Date')).toHaveValue('2031-07-01');
        await expect(dialog.getByLabel('Time')).toHaveValue('18:30');
        await dialog.getByLabel('Date').fill('2031-12-01');
        await dialog.getByRole('button', { name: 'Schedule' }).click();
        await expect(
            page.getByRole('region', { name: 'Settings' }).getByText(/Goes out on Dec 1, 2031/),
        ).toBeVisible();
        await page.goto('/o/northwind/pages?state=scheduled');
        await expect(page.getByRole('link', { name: 'Press, next year' })).toBeVisible();
    });

    test('a time that is over is refused in words, here and by the server', async ({
        page,
        signIn,
        accessible,
    }) => {
        await signIn();
        await open(page, 'Press');
        await page.getByRole('button', { name: 'More actions' }).click();
        await page.getByRole('menuitem', { name: 'Schedule…' }).click();
        const dialog = page.getByRole('dialog', { name: 'When should it go out?' });
        await dialog.getByLabel('Date').fill('2020-01-01');
        await dialog.getByRole('button', { name: 'Schedule' }).click();
        await expect(dialog.getByText('This time has passed. Choose a later one.')).toBeVisible();
        await expect(dialog.getByLabel('Time')).toBeFocused();
        await accessible();
        await picture(page, 'schedule-past-1440-light');

        // A clock that is slow does not know that it is over.
        await dialog.getByLabel('Date').fill('2031-01-01');
        await page.clock.setFixedTime(new Date('2019-01-01'));
        await dialog.getByLabel('Date').fill('2020-01-01');
        await dialog.getByRole('button', { name: 'Schedule' }).click();
        await expect(dialog.getByText('This time has passed, says the server.')).toBeVisible();
        await expect(page.getByRole('banner')).toContainText('Draft');
    });

    test('the home page and an edited page can wait too; what is out as it is can not', async ({
        page,
        signIn,
    }) => {
        await signIn();
        await open(page, 'Home');
        const more = page.getByRole('button', { name: 'More actions' });
        const schedule = page.getByRole('menuitem', { name: 'Schedule…' });
        await more.click();
        await expect(page.getByRole('menuitem', { name: 'View on site' })).toBeVisible();
        await expect(schedule).toHaveCount(0);
        await page.keyboard.press('Escape');
        await page.getByLabel('Title').first().fill('Home, later');
        await expect(saved(page)).toBeVisible();
        await more.click();
        await expect(schedule).toBeVisible();
    });

    for (const scheme of ['light', 'dark'] as const) {
        test(`stands in German at 360 and 768 px, ${scheme}`, async ({
            page,
            mock,
            signIn,
            accessible,
        }) => {
            await page.emulateMedia({ colorScheme: scheme });
            await signIn();
            await mock('german');
            await page.goto('/o/northwind/pages');
            await page.getByRole('link', { name: 'Press', exact: true }).click();
            await page.getByRole('button', { name: 'Weitere Aktionen' }).click();
            await page.getByRole('menuitem', { name: 'Planen …' }).click();
            const dialog = page.getByRole('dialog', { name: 'Wann soll es erscheinen?' });
            await dialog.getByLabel('Datum').fill('2020-01-01');
            await dialog.getByRole('button', { name: 'Planen' }).click();
            await expect(dialog.getByText('Diese Zeit ist vorbei.')).toBeVisible();
            for (const width of [360, 768]) {
                await page.setViewportSize({ width, height: 780 });
                const { x, width: wide } = (await dialog.boundingBox())!;
                expect(x).toBeGreaterThanOrEqual(0);
                expect(x + wide).toBeLessThanOrEqual(width);
                const hidden = (element: HTMLElement) => element.scrollWidth - element.clientWidth;
                expect(await dialog.evaluate(hidden)).toBe(0);
                await picture(page, `schedule-de-${width}-${scheme}`);
            }
            await accessible();
        });
    }
});
