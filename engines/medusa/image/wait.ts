/** Waits for a setup with the same inputs: `SETUP_HASH`. Ends when there was one. */
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from './src/setup/database.ts';
import { readNotes } from './src/setup/notes.ts';

const PAUSE_MS = 500;
const { DATABASE_URL = '', SETUP_HASH = '' } = process.env;

process.on('SIGTERM', () => process.exit(143));
// A database that can't be reached explains itself in its own pod, and would be hidden by a crash here.
while (!(await isSetUp().catch(() => false))) await pause(PAUSE_MS);

/** Connects each time: the database may be replaced meanwhile. */
async function isSetUp(): Promise<boolean> {
  const client = await connect(DATABASE_URL);
  try {
    return (await readNotes(client)).get('hash') === SETUP_HASH;
  } finally {
    await client.end();
  }
}
