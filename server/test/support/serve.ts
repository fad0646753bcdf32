/** Runs the server in this process, as main.ts does, with warnings alone on stderr. */
import { pino } from 'pino';
import { startServer } from '../../src/compose/start-server.ts';
import { readConfig } from '../../src/config/config.ts';

export async function serve(): Promise<void> {
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const server = await startServer(readConfig(), log, {
    onFatal: (why) => {
      throw new Error(why);
    },
  });
  process.stdout.write(`Shopyard is ready at ${server.url}\n`);
  process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
}
