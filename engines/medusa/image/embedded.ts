/**
 * Sets up or serves one store on the embedded cluster. Takes its instructions as lines on standard input, and ends when that
 * closes, as its parent does.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { copyDatabase, dropDatabase, type Place } from './src/embedded/databases.ts';
import { Refused } from './src/setup/refused.ts';

/** Sent before a process knows its store: it loads what serving takes. */
interface Ahead {
  task: 'ahead';
}

/** `env`: as the container has it; `database` and `socket` are this machine's. */
type Instructions = { env: Record<string, string> } & (
  { task: 'setup' | 'drop'; database: Place } | { task: 'serve'; socket: string; folder: string; databaseUrl: string }
);

const OURS = { NODE_ENV: 'production', MEDUSA_DISABLE_TELEMETRY: '1' };
/** As setup.ts has it. */
const REFUSED = 64;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

// Medusa reads them as it is loaded, maybe ahead.
Object.assign(process.env, OURS);
// Pictures are accessible to the current user alone.
process.umask(0o077);
process.chdir(import.meta.dirname);
// Shared by all stores: a third of the time that Medusa takes to start.
enableCompileCache(join(import.meta.dirname, 'compiled'));
const input = createInterface({ input: process.stdin });
let end = (): void => process.exit(143);
input.once('close', () => end());
input.on('line', (line) => {
  // Our own server sends it.
  const sent = JSON.parse(line) as Instructions | Ahead;
  // Medusa takes seconds to load, which setting up does without.
  if (sent.task === 'ahead') return void import('./src/embedded/serve-store.ts');
  run(sent).catch((error: unknown) => {
    say(`setup: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(error instanceof Refused ? REFUSED : 1);
  });
});

async function run(instructions: Instructions): Promise<void> {
  Object.assign(process.env, instructions.env, OURS);
  if (instructions.task === 'serve') return serve(instructions);
  if (instructions.task === 'drop') await dropDatabase(instructions.database);
  else {
    const versions = await copyDatabase(instructions.database, (line) => say(`setup: ${line}`));
    say(`setup: versions ${JSON.stringify(versions)}`);
  }
  process.exit(0);
}

async function serve({ socket, folder, databaseUrl }: Extract<Instructions, { task: 'serve' }>): Promise<void> {
  process.env['DATABASE_URL'] = databaseUrl;
  const { serveStore } = await import('./src/embedded/serve-store.ts');
  await serveStore({ socket, folder });
  // Medusa answers what it has begun, and exits.
  end = () => process.kill(process.pid, 'SIGTERM');
  say('listening');
}
