/** Our own checks of the sources, run by `npm run check`: prints a line per fault and ends with 1 when there is one. */
import { globSync, readFileSync } from 'node:fs';
import { findCycles } from './find-cycles.ts';
import { findOldNames } from './find-old-names.ts';
import { findWallBreaches } from './find-wall-breaches.ts';
import { WALLS } from './walls.ts';

const SOURCES = '{contracts,engines,sdk,server,client,simulator,stores-in-node,scripts}/{src,bench,lint}/**/*.{ts,tsx}';
const isTest = (file: string): boolean => /\.test\.tsx?$|\/testing\.ts$/.test(file);

const files = globSync(SOURCES).filter((file) => !file.includes('node_modules'));
const sources = new Map(files.filter((file) => !isTest(file)).map((file) => [file, readFileSync(file, 'utf8')]));
const named = new Map(
  [...sources].filter(([file]) => !file.startsWith('scripts/lint/') && !file.startsWith('simulator/')),
);
const faults = [
  ...findOldNames(named),
  ...findWallBreaches(sources, WALLS),
  ...findCycles(sources).map((cycle) => `a cycle of imports: ${cycle}`),
];
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.stdout.write(`Our own checks: ${sources.size} files, ${faults.length} faults.\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
