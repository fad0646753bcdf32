/**
 * The server, killed by SIGKILL right after a side effect: CRASH_AT=EFFECT[:COUNT]. Effects count from the CRASH_CALL-th
 * call on (default 1), or from SIGUSR2 on with CRASH_CALL=signal, so that start-up and what went before are left alone.
 * Statements that only read don't count. The last line on stderr says what the process was killed after.
 */
import { writeSync } from 'node:fs';
import { pino } from 'pino';
import { readConfig } from '../../src/config/config.ts';
import { startServer } from '../../src/compose/start-server.ts';

const [effect = '', count = '1'] = (process.env['CRASH_AT'] ?? '').split(':');
const { CRASH_CALL = '1' } = process.env;
let calls = CRASH_CALL === 'signal' ? Infinity : Number(CRASH_CALL);
let left = Number(count);
process.on('SIGUSR2', () => {
  calls = 0;
  writeSync(2, 'armed\n');
});

const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
const server = await startServer(readConfig(), log, {
  onFatal: (why) => {
    throw new Error(why);
  },
  onEffect(done, detail = '') {
    if (done === 'row-written') calls -= 1;
    if (calls > 0 || done !== effect || detail.startsWith('select')) return;
    left -= 1;
    if (left > 0) return;
    writeSync(2, `killed after ${detail || done}\n`);
    process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write(`Shopyard is ready at ${server.url}\n`);
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
