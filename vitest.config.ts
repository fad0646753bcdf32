import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/bootstrap/longest-first.mjs';

const ALL = '{contracts,engines,sdk,testkit,server,client,simulator,scripts,stores-in-node}/**/*.test.{ts,tsx}';
const UNIT = '{contracts,engines,sdk,testkit,server,client,simulator}/src/**/*.test.{ts,tsx}';
/** They set variables of their process. */
const APART = 'engines/medusa/image/test/**/*.test.ts';
const NOWHERE = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    globalSetup: 'scripts/bootstrap/bundle.mjs',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000, interval: 100 } },
    // Flow tests start processes of their own: with three workers on two cores they starve each other's servers.
    maxWorkers: 2,
    reporters: ['default'],
    sequence: { sequencer: LongestFirst },
    projects: [
      // Most of the time of a unit test is the import of what it tests, so they share their modules. The others import a
      // browser's driver, a client and the embedded cluster, which takes a second.
      { extends: true, test: { name: 'unit', include: [UNIT], exclude: NOWHERE, isolate: false } },
      { extends: true, test: { name: 'whole', include: [ALL], exclude: [...NOWHERE, UNIT, APART], isolate: false } },
      { extends: true, test: { name: 'apart', include: [APART], exclude: NOWHERE } },
    ],
  },
});
