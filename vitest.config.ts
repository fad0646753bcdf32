import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/bootstrap/longest-first.mjs';

const ALL = '{contracts,engines,sdk,testkit,server,client,simulator,scripts,stores-in-node}/**/*.test.{ts,tsx}';
const UNIT = '{contracts,engines,sdk,testkit,server,client,simulator}/src/**/*.test.{ts,tsx}';
/** They set variables of their process. */
const APART = 'engines/medusa/image/test/**/*.test.ts';
/** They measure frames and answers, and hold leases of seconds: beside two others, they would test the machine. */
const TIMED = ['server/test/chaos/**/*.test.ts', 'client/e2e/logs.test.ts', 'client/e2e/slow-network.test.ts'];
const NOWHERE = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    globalSetup: 'scripts/bootstrap/bundle.mjs',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000, interval: 100 } },
    // One more than the cores of a small machine: a flow test waits a fifth of its time, for a timer, a page or a disk.
    maxWorkers: 3,
    reporters: ['default'],
    sequence: { sequencer: LongestFirst },
    projects: [
      // Most of the time of a unit test is the import of what it tests, so they share their modules. The others import a
      // browser's driver, a client and the embedded cluster, which takes a second.
      { extends: true, test: { name: 'unit', include: [UNIT], exclude: NOWHERE, isolate: false } },
      {
        extends: true,
        test: { name: 'whole', include: [ALL], exclude: [...NOWHERE, UNIT, APART, ...TIMED], isolate: false },
      },
      { extends: true, test: { name: 'apart', include: [APART], exclude: NOWHERE } },
      {
        extends: true,
        test: {
          name: 'timed',
          include: TIMED,
          exclude: NOWHERE,
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
