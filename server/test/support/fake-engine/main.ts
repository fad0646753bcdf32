/** The server with the tea shop as its second engine. */
import { engines } from '@shopyard/engines';
import { pino } from 'pino';
import { startServer } from '../../../src/compose/start-server.ts';
import { readConfig } from '../../../src/config/config.ts';
import { teashop } from './engine.ts';

const fail = (error: unknown): never => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
};

try {
  const log = pino({ level: 'info' }, pino.destination({ dest: 2, sync: true }));
  const all = new Map([...engines, [teashop.id, teashop]]);
  const server = await startServer(readConfig(), log, { onFatal: fail, engines: all });
  process.on('SIGTERM', () => void server.close().then(() => process.exit(0), fail));
  process.stdout.write(`Shopyard is ready at ${server.url}\n`);
} catch (error) {
  fail(error);
}
