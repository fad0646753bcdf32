/** The server itself, and how its stores were. */
import { type Chart, type PlatformService, ShopyardError } from '@shopyard/contracts';
import type { ClusterLease } from '../cluster-lease/cluster-lease.ts';
import type { StoreBoard } from '../events/store-board.ts';
import type { Database } from '../store-state/database.ts';
import { firstReady, phaseChanges } from '../store-state/overview.repository.ts';
import { overviewOf } from './overview.ts';

const HOUR_MS = 3_600_000;

export interface PlatformServiceOptions {
  db: Database;
  board: StoreBoard;
  chart: Chart;
  adoption: Pick<PlatformService, 'adoptable' | 'adopt'>;
  lease: Pick<ClusterLease, 'refusal'>;
  now: () => Date;
}

export function createPlatformService(options: PlatformServiceOptions): PlatformService {
  const { db, board, chart, adoption, lease, now } = options;
  return {
    ...adoption,
    async assertChangeable() {
      const refusal = await lease.refusal();
      if (refusal !== undefined) throw new ShopyardError('unavailable', refusal);
    },
    get: () => board.platform,
    async overview({ hours }) {
      const to = now().getTime();
      const from = to - hours * HOUR_MS;
      const since = new Date(from).toISOString();
      const [changes, ready] = await Promise.all([phaseChanges(db, since), firstReady(db, since)]);
      return overviewOf({ changes, ready }, from, to);
    },
    chart: () => ({ sizes: chart.sizes }),
  };
}
