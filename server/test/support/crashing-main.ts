/**
 * The server, killed by SIGKILL right after a side effect: CRASH_AT=EFFECT[:COUNT]. Effects count from the
 * CRASH_CALL-th call on (default 1), or from SIGUSR2 on with CRASH_CALL=signal, so that start-up and what went before
 * are left alone. With CRASH_PLAN=FILE, SIGUSR2 reads from it where to crash, from the next call on. Statements that only
 * read don't count. The last line on stderr says what the process was killed after.
 */
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync, writeSync } from 'node:fs';
import { CRASH_POINT_CHANNEL, type CrashPointMessage } from '../../src/kit/crash-points.ts';
import { serve } from './serve.ts';

const { CRASH_AT = '', CRASH_CALL = '1', CRASH_PLAN } = process.env;
const parse = (text: string): { at: string; left: number } => {
  const [at = '', count = '1'] = text.split(':');
  return { at, left: Number(count) };
};
let crash = parse(CRASH_AT);
let calls = CRASH_CALL === 'signal' ? Infinity : Number(CRASH_CALL);
process.on('SIGUSR2', () => {
  if (CRASH_PLAN) crash = parse(readFileSync(CRASH_PLAN, 'utf8'));
  calls = CRASH_PLAN ? 1 : 0;
  writeSync(2, 'armed\n');
});

subscribe(CRASH_POINT_CHANNEL, (message) => {
  const { point, detail } = message as CrashPointMessage;
  if (point === 'row-written') calls -= 1;
  if (calls > 0 || point !== crash.at || detail.startsWith('select')) return;
  crash.left -= 1;
  if (crash.left > 0) return;
  writeSync(2, `killed after ${detail || point}\n`);
  process.kill(process.pid, 'SIGKILL');
});

await serve();
