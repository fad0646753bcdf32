/** What every storage guarantees, whatever keeps it. A new one passes all of this, unchanged, before a server uses it. */
import { afterEach, beforeEach, describe } from 'vitest';
import type { Storage } from '../storage.ts';
import { describeAudit } from './audit.ts';
import type { Fixture, OpenStorage } from './fixtures.ts';
import { describeHistory } from './history.ts';
import { describeKeys } from './keys.ts';
import { describeOperations } from './operations.ts';
import { describePeople } from './people.ts';
import { describePlans } from './plans.ts';
import { describeRestore } from './restore.ts';
import { describeRevisions } from './revisions.ts';

import { describeSpecs } from './specs.ts';
import { describeStatus } from './status.ts';
import { describeTrail } from './trail.ts';

const SUITES = [
  describeAudit,
  describeSpecs,
  describeKeys,
  describeStatus,
  describeHistory,
  describeRevisions,
  describeOperations,
  describePlans,
  describeRestore,
  describePeople,
  describeTrail,
];

export function describeStorage(open: OpenStorage): void {
  describe('a storage', () => {
    let storage: Storage;
    const fixture: Fixture = {
      get storage() {
        return storage;
      },
      port: 3000,
    };
    beforeEach(async () => {
      storage = await open(({ name }) => `http://${name}.localhost:${fixture.port}`);
      fixture.port = 3000;
    });
    afterEach(() => storage.close());
    for (const suite of SUITES) suite(fixture);
  });
}
