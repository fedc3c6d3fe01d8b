import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { compress } from './tools/compress';
import { messages } from './tools/messages-plugin';

/** The one font file that every screen needs starts loading with the page. */
function preloadFont(): Plugin {
    return {
        name: 'preload-font',
        apply: 'build',
        transformIndexHtml: {
            order: 'post',
            handler(_html, { bundle }) {
                const font = Object.keys(bundle ?? {}).find(name => /inter-latin-wght/.test(name));
                if (!font) return [];
                const attrs = {
                    rel: 'preload',
                    as: 'font',
                    type: 'font/woff2',
                    crossorigin: '',
                    href: `/${font}`,
                };
                return [{ tag: 'link', attrs, injectTo: 'head' }];
            },
        },
    };
}

const server = process.env.PANEL_API ?? 'http://127.0.0.1:8090';

export default defineConfig({
    plugins: [messages(), react(), preloadFont(), compress()],
    server: {
        port: 5173,
        host: '127.0.0.1',
        allowedHosts: ['admin.localhost'],
        proxy: { '/api': { target: server, changeOrigin: false } },
    },
    build: {
        target: 'es2023',
        outDir: 'dist',
        manifest: true,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
    },
});
