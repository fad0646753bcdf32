/**
 * The server, killed by SIGKILL right after a side effect: CRASH_AT=EFFECT[:COUNT]. Effects count from the
 * CRASH_CALL-th call on (default 1), or from SIGUSR2 on with CRASH_CALL=signal, so that start-up and what went before
 * are left alone. Statements that only read don't count. The last line on stderr says what the process was killed
 * after.
 */
import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import { CRASH_POINT_CHANNEL, type CrashPointMessage } from '../../src/kit/crash-points.ts';
import { serve } from './serve.ts';

const [crashAt = '', count = '1'] = (process.env['CRASH_AT'] ?? '').split(':');
const { CRASH_CALL = '1' } = process.env;
let calls = CRASH_CALL === 'signal' ? Infinity : Number(CRASH_CALL);
let left = Number(count);
process.on('SIGUSR2', () => {
  calls = 0;
  writeSync(2, 'armed\n');
});

subscribe(CRASH_POINT_CHANNEL, (message) => {
  const { point, detail } = message as CrashPointMessage;
  if (point === 'row-written') calls -= 1;
  if (calls > 0 || point !== crashAt || detail.startsWith('select')) return;
  left -= 1;
  if (left > 0) return;
  writeSync(2, `killed after ${detail || point}\n`);
  process.kill(process.pid, 'SIGKILL');
});

await serve();
