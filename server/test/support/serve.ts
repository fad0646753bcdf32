/**
 * Runs the server in this process, as main.ts does, with warnings alone on stderr. HOURS_AHEAD: how far its clock is ahead
 * of the cluster's.
 */
import { pino } from 'pino';
import { startServer } from '../../src/compose/start-server.ts';
import { readConfig } from '../../src/config/config.ts';
import { createClock } from '../../src/kit/clock.ts';

export async function serve(): Promise<void> {
  const aheadMs = Number(process.env['HOURS_AHEAD'] ?? 0) * 3_600_000;
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const server = await startServer(readConfig(), log, {
    onFatal: (why) => {
      throw new Error(why);
    },
    clock: { ...createClock(), now: () => new Date(Date.now() + aheadMs) },
  });
  process.stdout.write(`Shopyard is ready at ${server.url}\n`);
  process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
}
