/**
 * How vite bundles the server's programs: the server and the embedded cluster, each with what it imports. Node loads these few
 * files with half the processor time that 1900 modules take. `--mode test` bundles the tests' entry points too.
 */
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { ROOT } from './shared.mjs';

const SERVER = join(ROOT, 'server');
const SUPPORT = join(SERVER, 'test/support');
const ENTRIES = {
  production: [join(SERVER, 'src/main.ts')],
  test: [
    'crashing-main',
    'fake-engine/main',
    'other-chart-main',
    'paced-main',
    'snapshot-main',
    'synthetic-main',
    'walking-main',
  ].map((name) => join(SUPPORT, `${name}.ts`)),
};
const OUT = { production: join(SERVER, 'dist'), test: join(SERVER, 'test/dist') };

/** Native code, and packages that are read as files or started as programs. */
const EXTERNAL = ['better-sqlite3', 'kubernetes-types', '@shopyard/stores-in-node'];

export default ({ mode }) => ({
  root: SERVER,
  publicDir: false,
  plugins: [addresses(OUT[mode]), builtins()],
  ssr: { noExternal: true, external: EXTERNAL, resolve: { conditions: ['node'] } },
  resolve: { mainFields: [] },
  build: {
    ssr: true,
    target: 'node24',
    outDir: OUT[mode],
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(
        [...new Set([...ENTRIES.production, ...ENTRIES[mode]])].map((entry) => [nameOf(entry), entry]),
      ),
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});

/** `server/src/main.ts` becomes `server-main.js`; testkit/src/program.ts knows it too. */
const nameOf = (source) => relative(ROOT, source).replace('/src/', '/').replaceAll('/', '-').replace(/\.ts$/, '');

/**
 * Keeps addresses true that our modules derive from their own: they stay those of the sources, except of modules that are
 * loaded by their address, which are bundled as files of their own.
 */
function addresses(out) {
  const OWN =
    /new URL\('(?<module>[^']+\.ts)', import\.meta\.url\)\.href|import\.meta\.resolve\('(?<specifier>[^']+)'\)|import\.meta\.url/g;
  const source = (id) => `new URL('${relative(out, id)}', import.meta.url).href`;
  return {
    name: 'addresses',
    enforce: 'pre',
    transform: {
      filter: { id: { include: /\.ts$/, exclude: /node_modules/ }, code: /import\.meta/ },
      async handler(code, id) {
        const parts = [];
        let end = 0;
        for (const match of code.matchAll(OWN)) {
          const { module, specifier } = match.groups;
          const named = module ? `./${module}` : specifier;
          const found = named ? (await this.resolve(named, id)).id : id;
          const bundled = named && !found.includes('stores-in-node');
          if (bundled) this.emitFile({ type: 'chunk', id: found, fileName: `${nameOf(found)}.js` });
          parts.push(
            code.slice(end, match.index),
            bundled ? `new URL('${nameOf(found)}.js', import.meta.url).href` : source(found),
          );
          end = match.index + match[0].length;
        }
        return parts.join('') + code.slice(end);
      },
    },
  };
}

/**
 * Takes Node's own modules without their ES module forms: that of node:http loads an HTTP client, and that of node:crypto
 * all of its algorithms. The bundler's own helpers need node:module as it is.
 */
function builtins() {
  const PREFIX = '\0builtin:';
  return {
    name: 'builtins',
    enforce: 'pre',
    resolveId: (id) => (isBuiltin(id) && !/^(node:)?module$/.test(id) ? PREFIX + id : undefined),
    load: (id) =>
      id.startsWith(PREFIX) ? `module.exports = process.getBuiltinModule('${id.slice(PREFIX.length)}');` : undefined,
  };
}
