/** What the stages stand on: all of it is opened before any of them is made. */
import type { Logger } from 'pino';
import type { Access } from '../app/access/access.ts';
import type { ClusterHandle } from '../cluster/handle.ts';
import type { Clock } from '../kit/clock.ts';
import type { Connection } from './connect-cluster.ts';
import type { DataDir } from './open-data-dir.ts';
import type { PlatformInputs } from './read-platform.ts';
import type { Wakes } from './wakes.ts';

export interface Process {
  log: Logger;
  clock: Clock;
  /** Epoch milliseconds when the process began: a helm operation from before is nobody's. */
  startedAt: number;
}

export interface Foundation {
  process: Process;
  data: DataDir;
  connection: Connection;
  cluster: ClusterHandle;
  platform: PlatformInputs;
  wakes: Wakes;
  /** Who is let in. */
  people: Access;
}
