/** The server as a later version would be: with the chart in the folder OTHER_CHART. */
import { engines, requireEngine } from '@shopyard/engines';
import { pino } from 'pino';
import { startServer } from '../../src/compose/start-server.ts';
import { readConfig } from '../../src/config/config.ts';

const fail = (error: unknown): never => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
};

try {
  const log = pino({ level: 'info' }, pino.destination({ dest: 2, sync: true }));
  const woocommerce = requireEngine(engines, { engine: 'woocommerce' });
  const other = new Map([['woocommerce', { ...woocommerce, chart: process.env['OTHER_CHART'] ?? woocommerce.chart }]]);
  const server = await startServer(readConfig(), log, { onFatal: fail, engines: other });
  process.on('SIGTERM', () => void server.close().then(() => process.exit(0), fail));
  process.stdout.write(`Shopyard is ready at ${server.url}\n`);
} catch (error) {
  fail(error);
}
