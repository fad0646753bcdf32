/** A connection to the store's database, which may still be starting. */
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

const WAIT_MS = 120_000;
const PAUSE_MS = 500;

/** A wrong password, or another reason not to let us in: waiting changes nothing. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('28');

/** Rejects at once where the database lets nobody in like this, else with the last error after two minutes. */
export async function connect(url: string): Promise<Client> {
  const until = Date.now() + WAIT_MS;
  for (;;) {
    const client = new Client(url);
    // The one of a connection that is lost while nothing is asked; the next question rejects.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (isRefusal(error) || Date.now() > until) throw error;
      await pause(PAUSE_MS);
    }
  }
}
