/**
 * The server as a later version would be: with the chart in the folder OTHER_CHART, or one like today's with the version
 * OTHER_VERSION, which gives PHP more memory.
 */
import { join } from 'node:path';
import { engines, requireEngine } from '@shopyard/engines';
import { pino } from 'pino';
import { startServer } from '../../src/compose/start-server.ts';
import { readConfig } from '../../src/config/config.ts';
import { withMoreMemory, writeChart } from './write-chart.ts';

const fail = (error: unknown): never => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
};

try {
  const log = pino({ level: 'info' }, pino.destination({ dest: 2, sync: true }));
  const woocommerce = requireEngine(engines, { engine: 'woocommerce' });
  const { OTHER_CHART, OTHER_VERSION, SHOPYARD_DATA_DIR = '' } = process.env;
  const chart = OTHER_VERSION
    ? writeChart(join(SHOPYARD_DATA_DIR, 'other-charts'), OTHER_VERSION, withMoreMemory)
    : (OTHER_CHART ?? woocommerce.chart);
  const other = new Map([['woocommerce', { ...woocommerce, chart }]]);
  const server = await startServer(readConfig(), log, { onFatal: fail, engines: other });
  process.on('SIGTERM', () => void server.close().then(() => process.exit(0), fail));
  process.stdout.write(`Shopyard is ready at ${server.url}\n`);
} catch (error) {
  fail(error);
}
