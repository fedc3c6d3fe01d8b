import { defineConfig } from 'vitest/config';

// Its own file without the build's plugins: the panel's messages are compiled before the tests start.
export default defineConfig({
    test: {
        environment: 'happy-dom',
        include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts', 'mock/**/*.test.ts'],
        restoreMocks: true,
    },
});
