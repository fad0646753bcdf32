/** The server, with a clock that runs 10 times as fast since PACED_SINCE. A Lease lasts 3 seconds. */
import { pino } from 'pino';
import { createClock } from '../../src/kit/clock.ts';
import { ClusterHeldError } from '../../src/cluster-lease/lease-errors.ts';
import { readConfig } from '../../src/config/config.ts';
import { startServer } from '../../src/compose/start-server.ts';

const PACE = 10;
const fail = (error: unknown): never => {
  process.stderr.write(`${error instanceof ClusterHeldError ? error.message : String(error)}\n`);
  process.exit(1);
};

try {
  const log = pino({ level: 'info' }, pino.destination({ dest: 2, sync: true }));
  const server = await startServer(readConfig(), log, {
    onFatal: fail,
    clock: createClock(PACE, Number(process.env['PACED_SINCE'])),
  });
  process.on('SIGTERM', () => void server.close().then(() => process.exit(0), fail));
  process.stdout.write(`Shopyard is ready at ${server.url}\n`);
} catch (error) {
  fail(error);
}
