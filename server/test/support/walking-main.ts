/** The server with a fake helm and a clock that runs WALK_PACE times as fast (40), for many runs in little time. */
import { pino } from 'pino';
import { createClock } from '../../src/kit/clock.ts';
import { readConfig } from '../../src/config/config.ts';
import { startServer } from '../../src/compose/start-server.ts';
import { createFakeHelm } from './fake-helm.ts';

const PACE = Number(process.env['WALK_PACE'] ?? 40);
const fail = (error: unknown): never => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
};

try {
  const server = await startServer(readConfig(), pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true })), {
    onFatal: fail,
    clock: createClock(PACE),
    createHelm: () => createFakeHelm(process.env['WALK_CLUSTER'] ?? ''),
  });
  process.stdout.write(`Shopyard is ready at ${server.url}\n`);
  process.on('SIGTERM', () => void server.close().then(() => process.exit(0), fail));
} catch (error) {
  fail(error);
}
