/** The server itself, and how its stores were. */
import type { Chart, PlatformService } from '@shopyard/contracts';
import type { StoreBoard } from '../events/store-board.ts';
import type { Database } from '../store-state/database.ts';
import { attentionRaised, firstReady, phaseChanges } from '../store-state/overview.repository.ts';
import { overviewOf } from './overview.ts';

const HOUR_MS = 3_600_000;

export interface PlatformServiceOptions {
  db: Database;
  board: StoreBoard;
  chart: Chart;
  adoption: Pick<PlatformService, 'adoptable' | 'adopt'>;
  now: () => Date;
}

export function createPlatformService({ db, board, chart, adoption, now }: PlatformServiceOptions): PlatformService {
  return {
    ...adoption,
    get: () => board.platform,
    async overview({ hours }) {
      const to = now().getTime();
      const from = to - hours * HOUR_MS;
      const since = new Date(from).toISOString();
      const [changes, ready, raised] = await Promise.all([
        phaseChanges(db, since),
        firstReady(db, since),
        attentionRaised(db, since),
      ]);
      return overviewOf({ changes, ready, raised }, from, to);
    },
    chart: () => ({ sizes: chart.sizes }),
  };
}
