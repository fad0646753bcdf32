/** Our own checks of the sources, part of `npm run check`: prints a line per fault and exits with 1 if there is any. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { findCycles } from './find-cycles.ts';
import { findLiteralSpacing } from './find-literal-spacing.ts';
import { findLostPaths } from './find-lost-paths.ts';
import { findOldNames } from './find-old-names.ts';
import { findWallBreaches } from './find-wall-breaches.ts';
import { composeLambdas } from './rules/compose-lambdas.ts';
import { engineWords } from './rules/engine-words.ts';
import { fileLength } from './rules/file-length.ts';
import { findEntryLeaks } from './rules/find-entry-leaks.ts';
import { moduleState } from './rules/module-state.ts';
import { oldPhrases } from './rules/old-phrases.ts';
import { oldWords } from './rules/old-words.ts';
import { optionFields } from './rules/option-fields.ts';
import { pureRooms } from './rules/pure-rooms.ts';
import { reasonedCasts } from './rules/reasoned-casts.ts';
import { storageOnly } from './rules/storage-only.ts';
import { parseSource } from './source.ts';
import { repositoryTree } from './tree.ts';
import { WALLS } from './walls.ts';

const PACKAGES = 'contracts,engines,sdk,testkit,server,client,simulator,stores-in-node,scripts';
const SOURCES = `{${PACKAGES}}/{src,bench,lint}/**/*.{ts,tsx}`;
const RULES = [
  fileLength,
  optionFields,
  composeLambdas,
  pureRooms,
  reasonedCasts,
  moduleState,
  oldWords,
  oldPhrases,
  storageOnly,
];
const isTest = (file: string): boolean => /\.test\.tsx?$|\/testing\.ts$/.test(file);

const files = globSync(SOURCES).filter((file) => !file.includes('node_modules') && !isTest(file));
const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
const named = new Map(
  [...sources].filter(([file]) => !file.startsWith('scripts/lint/') && !file.startsWith('simulator/')),
);
const parsed = new Map(files.map((file) => [file, parseSource(file, sources.get(file) ?? '')]));
const folders = (root: string): [string, string][] =>
  readdirSync(root || '.', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, root]);
// Decisions name what was there before, and recipes what is added.
const pages = new Map(globSync('{*.md,docs/*.md}').map((page) => [page, readFileSync(page, 'utf8')]));
const styles = new Map(globSync('client/src/**/*.css').map((file) => [file, readFileSync(file, 'utf8')]));
const roots = new Map([...folders('server/src/'), ...folders('')]);
const faults = [
  ...findOldNames(named),
  ...findWallBreaches(sources, WALLS),
  ...findCycles(sources).map((cycle) => `a cycle of imports: ${cycle}`),
  ...findEntryLeaks(parsed),
  ...findLiteralSpacing(styles),
  ...findLostPaths(pages, { roots, exists: repositoryTree() }),
  ...[...parsed.values()].flatMap(engineWords),
  ...RULES.flatMap((rule) => [...parsed.values()].flatMap(rule)),
];
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.stdout.write(`Our own checks: ${sources.size} files, ${faults.length} faults.\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
