/** Order of the test files. */
import { BaseSequencer } from 'vitest/node';

/** They take a minute and more. What starts last is waited for alone. */
const LONG = [
  'server/test/chaos/crash-points.test.ts',
  'server/test/embedded/wordpress.test.ts',
  'client/e2e/accessibility.test.ts',
  'stores-in-node/src/setup.test.ts',
  'server/test/embedded/afternoon.test.ts',
];

/** The long ones first; the others as vitest has them, which in a new clone is by size. */
export class LongestFirst extends BaseSequencer {
  async sort(files) {
    const isLong = ({ moduleId }) => LONG.some((name) => moduleId.endsWith(name));
    // oxlint-disable-next-line unicorn/no-array-sort -- the method of the class above, which changes no array
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
