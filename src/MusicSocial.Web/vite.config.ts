import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';
import { cachePerBuild } from './scripts/cachePerBuild';

const server = 'http://localhost:5080';

export default defineConfig({
  plugins: [solid(), cachePerBuild()],
  build: {
    outDir: fileURLToPath(new URL('../MusicSocial.Server/wwwroot', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // The Content-Security-Policy forbids data: scripts and styles, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api': server,
      '/hub': { target: server, ws: true },
    },
  },
});
