import { execFileSync } from 'node:child_process';
import { defineConfig } from '@playwright/test';

export const PORT = Number(process.env.PANEL_TEST_PORT ?? 8091);
const chromium =
    process.env.CHROMIUM ??
    execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();

/** The built panel against the stand-in server; each worker has a world of its own. */
const WORKERS = 2;

export default defineConfig({
    testDir: 'browser',
    outputDir: 'test-results/runs',
    workers: WORKERS,
    fullyParallel: true,
    timeout: 120_000,
    expect: { timeout: 20_000 },
    reporter: process.env.CI ? [['line']] : [['list']],
    use: {
        locale: 'en-US',
        colorScheme: 'light',
        viewport: { width: 1440, height: 900 },
        // A trace costs as much as the test: only for who looks for something.
        trace: process.env.PANEL_TEST_TRACE ? 'on' : 'off',
        screenshot: 'only-on-failure',
        actionTimeout: 20_000,
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
    webServer: Array.from({ length: WORKERS }, (_, worker) => ({
        command: 'node mock/server.mjs',
        env: { PORT: String(PORT + worker) },
        url: `http://127.0.0.1:${PORT + worker}/__mock`,
        reuseExistingServer: false,
    })),
});
