import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';
import { cachePerBuild } from './scripts/cachePerBuild';

const server = 'http://localhost:5080';

export default defineConfig({
  plugins: [solid(), cachePerBuild()],
  // The page names its files from the root of the host, which the server changes where the hub is under a path; they find each other from where they are.
  experimental: {
    renderBuiltUrl: (file, { hostType }) => (hostType === 'html' ? `/${file}` : { relative: true }),
  },
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
