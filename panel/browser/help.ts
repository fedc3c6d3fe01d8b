import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

import { PORT } from '../playwright.config';

const PASSWORD = 'correct horse battery';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const FOLDER = 'test-results/pictures';
mkdirSync(FOLDER, { recursive: true });

interface House {
    /** Steers the stand-in: `mock('reset')`, `mock('fault=slow&path=/pages&ms=900')`. */
    mock: (query: string) => Promise<{ lastSignUp: Record<string, unknown> | null }>;
    signIn: (email?: string) => Promise<void>;
    /** No violation of WCAG 2.2 AA and of best practice. */
    accessible: (...without: string[]) => Promise<void>;
    /** Its part that another colour scheme can change. */
    legible: () => Promise<void>;
}

export const test = base.extend<House>({
    page: async ({ page }, use) => {
        const faults: string[] = [];
        page.on('pageerror', error => faults.push(String(error)));
        page.on('console', message => {
            if (/Content.Security.Policy/i.test(message.text())) faults.push(message.text());
        });
        await use(page);
        // A screen that throws, or asks for what the policy forbids, fails its test.
        expect(faults).toEqual([]);
    },
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the pattern
    baseURL: async ({}, use, { parallelIndex }) => {
        await use(`http://admin.localhost:${PORT + parallelIndex}`);
    },
    mock: async ({ page, baseURL }, use) => {
        const port = new URL(baseURL!).port;
        const steer = async (query: string) =>
            (await page.request.get(`http://127.0.0.1:${port}/__mock?${query}`)).json();
        await steer('reset');
        await use(steer);
    },
    signIn: async ({ page, mock }, use) => {
        await use(async (email = 'ada@example.org') => {
            await mock('calm');
            await page.context().clearCookies();
            await page.goto('/boot.js');
            const status = await page.evaluate(
                async body => {
                    const headers = {
                        'Content-Type': 'application/json',
                        'Idempotency-Key': crypto.randomUUID(),
                    };
                    return (
                        await fetch('/api/v1/sessions', {
                            method: 'POST',
                            headers,
                            body: JSON.stringify(body),
                        })
                    ).status;
                },
                { email, password: PASSWORD },
            );
            expect(status).toBe(201);
        });
    },
    accessible: async ({ page }, use) => {
        await use(async (...without) => {
            await settled(page);
            const { violations } = await new AxeBuilder({ page })
                .withTags(TAGS)
                .disableRules(without)
                .exclude('iframe')
                .analyze();
            const found = violations.map(
                v => `${v.id}: ${v.nodes.map(n => `${n.target} ${n.failureSummary}`).join(' | ')}`,
            );
            expect(found).toEqual([]);
        });
    },
    legible: async ({ page }, use) => {
        await use(async () => {
            await settled(page);
            const { violations } = await new AxeBuilder({ page })
                .withRules(['color-contrast', 'link-in-text-block'])
                .exclude('iframe')
                .analyze();
            expect(violations.flatMap(v => v.nodes.map(n => n.failureSummary))).toEqual([]);
        });
    },
});

/** Fades are over: a half-transparent word has no contrast worth measuring. */
export async function settled(page: Page) {
    await page.evaluate(async () => {
        await document.fonts.ready;
        await Promise.all(
            document
                .getAnimations()
                .filter(
                    animation =>
                        animation.effect?.getComputedTiming().iterations !==
                        Number.POSITIVE_INFINITY,
                )
                .map(animation => animation.finished.catch(() => undefined)),
        );
    });
}

/** Opens a page of Northwind's in the editor. */
export async function open(page: Page, title: string) {
    await page.goto('/o/northwind/pages');
    await page.getByRole('table').getByRole('link', { name: title, exact: true }).click();
    await page.getByRole('heading', { name: `Edit ${title}` }).waitFor();
}

export const saved = (page: Page) => page.getByRole('status').filter({ hasText: /^\s*Saved/ });

export async function picture(page: Page, name: string) {
    await settled(page);
    await page.screenshot({ path: `${FOLDER}/${name}.png` });
}

export { expect, PASSWORD };
