import { execFileSync } from 'node:child_process';
import { defineConfig } from '@playwright/test';

const chromium =
    process.env.CHROMIUM ?? execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();

/** The panel and the sites of a running Luster: e2e.py starts it and says where it is. */
export default defineConfig({
    testDir: '.',
    outputDir: `${process.env.E2E_PICTURES}/runs`,
    workers: 1,
    timeout: 120_000,
    expect: { timeout: 30_000 },
    use: {
        baseURL: `http://admin.localhost:${process.env.E2E_PORT}`,
        locale: 'en-US',
        colorScheme: 'light',
        viewport: { width: 1440, height: 900 },
        trace: 'retain-on-failure',
        launchOptions: {
            executablePath: chromium,
            args: [
                '--no-sandbox',
                '--disable-gpu',
                '--disable-quic',
                '--no-first-run',
                '--disable-background-networking',
                '--disable-component-update',
                '--disable-sync',
            ],
        },
    },
});
