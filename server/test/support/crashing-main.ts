/**
 * The server, killed by SIGKILL right after a side effect: CRASH_AT=EFFECT[:COUNT]. Effects count from the CRASH_CALL-th
 * call on (default 1), so that start-up and what went before are left alone.
 */
import { pino } from 'pino';
import { readConfig } from '../../src/config.ts';
import { startServer } from '../../src/start-server.ts';

const [effect = '', count = '1'] = (process.env['CRASH_AT'] ?? '').split(':');
let calls = Number(process.env['CRASH_CALL'] ?? '1');
let left = Number(count);

const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
const server = await startServer(readConfig(), log, {
  onFatal: (why) => {
    throw new Error(why);
  },
  onEffect(done) {
    if (done === 'row-written') calls -= 1;
    if (calls > 0 || done !== effect) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write(`Shopyard is ready at ${server.url}\n`);
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
