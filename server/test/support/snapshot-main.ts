/**
 * The server, with a copy of its database after each statement that changes it, from SIGUSR2 on: `SNAPSHOTS/N/shopyard.db` is
 * what a kill after the N-th statement leaves, as SIGKILL loses nothing that was written. `SNAPSHOTS/N/statement` is its SQL.
 */
import { subscribe } from 'node:diagnostics_channel';
import { copyFileSync, existsSync, mkdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CRASH_POINT_CHANNEL, type CrashPointMessage } from '../../src/kit/crash-points.ts';
import { serve } from './serve.ts';

const { SNAPSHOTS = '', SHOPYARD_DATA_DIR: dataDir = '' } = process.env;
/** The index beside the log (`-shm`) is rebuilt from the log after a kill. */
const FILES = ['shopyard.db', 'shopyard.db-wal'];
let armed = false;
let count = 0;
process.on('SIGUSR2', () => {
  armed = true;
  writeSync(2, 'armed\n');
});

subscribe(CRASH_POINT_CHANNEL, (message) => {
  const { point, detail } = message as CrashPointMessage;
  if (!armed || point !== 'statement-run' || detail.startsWith('select')) return;
  count += 1;
  const dir = join(SNAPSHOTS, String(count));
  mkdirSync(dir, { recursive: true });
  for (const file of FILES) {
    const path = join(dataDir, file);
    if (existsSync(path)) copyFileSync(path, join(dir, file));
  }
  writeFileSync(join(dir, 'statement'), detail);
});

await serve();
