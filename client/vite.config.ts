import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite';

/** The server that `vite` (development) passes API calls to. */
const SERVER = 'http://127.0.0.1:3000';
/** The dashboard's pages share these paths with REST: whoever asks for HTML gets the page. */
const PAGES = {
  target: SERVER,
  bypass: ({ headers }: IncomingMessage) => (headers.accept?.includes('text/html') ? '/index.html' : undefined),
};

export default defineConfig({
  plugins: [react(), preloadFont(), compress()],
  build: { target: 'es2022' },
  server: {
    proxy: {
      '/trpc': { target: SERVER, ws: true },
      '/stores': PAGES,
      '/teams': PAGES,
      '/users': PAGES,
      '/session': SERVER,
      '/platform': SERVER,
      '/openapi.json': SERVER,
    },
  },
});

/** Loads the font of nearly all text with the page, rather than once its style has arrived. */
function preloadFont(): Plugin {
  return {
    name: 'preload-font',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }): HtmlTagDescriptor[] =>
        Object.keys(bundle)
          .filter((file) => /inter-latin-wght-normal.*\.woff2$/.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: '' },
            injectTo: 'head',
          })),
    },
  };
}

/** Writes each text file of the build compressed beside it, as the server serves it. */
function compress(): Plugin {
  let dir = '';
  return {
    name: 'compress',
    apply: 'build',
    configResolved({ root, build }) {
      dir = join(root, build.outDir);
    },
    closeBundle() {
      for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        const path = join(dir, file);
        if (!/\.(js|css|html|svg)$/.test(file) || !statSync(path).isFile()) continue;
        const bytes = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(
          `${path}.br`,
          brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
        );
      }
    },
  };
}
