/** Order of the test files. */
import { BaseSequencer } from 'vitest/node';

/** They take a minute and more; the last four, four and more on a real cluster. What starts last is waited for alone. */
const LONG = [
  'server/test/chaos/crash-points.test.ts',
  'server/test/embedded/wordpress.test.ts',
  'client/e2e/accessibility.test.ts',
  'stores-in-node/src/setup.test.ts',
  'server/test/embedded/afternoon.test.ts',
  'server/test/e2e/medusa.test.ts',
  'server/test/e2e/drift.test.ts',
  'server/test/e2e/resize.test.ts',
  'server/test/e2e/plan-refusals.test.ts',
];

/** The long ones first, as above; the others as vitest has them, which in a new clone is by size. */
export class LongestFirst extends BaseSequencer {
  async sort(files) {
    const placeOf = ({ moduleId }) => {
      const at = LONG.findIndex((name) => moduleId.endsWith(name));
      return at === -1 ? LONG.length : at;
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- the method of the class above, which changes no array
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
