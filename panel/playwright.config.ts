import { execFileSync } from 'node:child_process';
import { defineConfig } from '@playwright/test';

const PORT = Number(process.env.PANEL_TEST_PORT ?? 8091);
const chromium =
    process.env.CHROMIUM ??
    execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();

/** The built panel against the stand-in server; one world, so one worker. */
export default defineConfig({
    testDir: 'browser',
    outputDir: 'test-results/runs',
    workers: 1,
    fullyParallel: false,
    timeout: 120_000,
    expect: { timeout: 15_000 },
    reporter: process.env.CI ? [['line']] : [['list']],
    use: {
        baseURL: `http://admin.localhost:${PORT}`,
        locale: 'en-US',
        colorScheme: 'light',
        viewport: { width: 1440, height: 900 },
        trace: 'retain-on-failure',
        actionTimeout: 15_000,
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
    webServer: {
        command: 'node mock/server.mjs',
        env: { PORT: String(PORT) },
        url: `http://127.0.0.1:${PORT}/__mock`,
        reuseExistingServer: false,
    },
});
