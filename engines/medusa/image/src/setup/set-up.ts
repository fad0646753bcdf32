/**
 * The steps of a setup. Medusa's own workflows are no transactions: one that was killed leaves, say, a product without
 * stock, which no later run would notice. So a database without the mark of a complete setup is emptied, and begun again.
 */
import type { Client } from 'pg';
import { readVersion, runMedusa } from './medusa.ts';
import { createNotes, type NoteName, readNotes, writeNote } from './notes.ts';
import { movePictures } from './pictures.ts';
import { Refused } from './refused.ts';
import type { Settings } from './settings.ts';
import { isOlder } from './version.ts';

/** Any number, the same in every run. */
const LOCK = 9000;

interface Setup {
  settings: Settings;
  /** Takes one line of the log. */
  say: (line: string) => void;
}

/** Returns the versions of what the store runs, by name. Throws Refused for settings that don't fit the database. */
export async function setUp(client: Client, { settings, say }: Setup): Promise<Record<string, string>> {
  const version = readVersion();
  const database = { DATABASE_URL: settings.databaseUrl };
  // Ends with the connection. Of two runs, the second waits.
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  await createNotes(client);
  const notes = await readNotes(client);
  refuseChanges(notes, settings, version);
  const has = notes.get('medusa');
  if (has === undefined) await begin(client, say);
  if (has !== version) {
    say('migrate');
    await runMedusa(['db:migrate'], database);
  }
  if (has === undefined || (!settings.appliesLater && isDue(notes, settings))) {
    say('store');
    const todo = { SETUP_SEED: String(has === undefined), SETUP_APPLIES_LATER: String(settings.appliesLater) };
    await runMedusa(['exec', './src/setup/exec.ts'], { ...database, ...todo });
  }
  const url = notes.get('url');
  if (url !== undefined && url !== settings.url) {
    say('pictures');
    await movePictures(client, { from: url, to: settings.url });
  }
  const { currency, country } = settings;
  const written = { currency, country, url: settings.url, medusa: version };
  for (const [name, value] of Object.entries(written)) await writeNote(client, name as NoteName, value);
  await writeNote(client, 'hash', settings.hash);
  return { medusa: version, postgres: await readPostgresVersion(client), node: process.versions.node };
}

/** Whether title or administrator are not as the settings say; see apply.ts. */
function isDue(notes: ReadonlyMap<NoteName, string>, { title, login }: Settings): boolean {
  return notes.get('title') !== title || (login !== undefined && !notes.has('administrator'));
}

async function readPostgresVersion(client: Client): Promise<string> {
  const { rows } = await client.query('show server_version');
  // Always one row of text, such as 18.4 (Debian 18.4-1.pgdg13+1).
  const version = rows[0]?.['server_version'] as string | undefined;
  return version?.split(' ')[0] ?? '';
}

function refuseChanges(notes: ReadonlyMap<NoteName, string>, settings: Settings, version: string): void {
  for (const name of ['currency', 'country'] as const) {
    const has = notes.get(name);
    if (has !== undefined && has !== settings[name])
      throw new Refused(`store.${name} must stay ${has.toUpperCase()}: the store's region and prices have it`);
  }
  const has = notes.get('medusa');
  if (has !== undefined && isOlder(version, has))
    throw new Refused(
      `the database belongs to Medusa ${has}, and ${version} can't read it: medusa.image must be as new`,
    );
}

/** Empties what a run that was killed has left. Never where something was sold. */
async function begin(client: Client, say: Setup['say']): Promise<void> {
  say('begin');
  const { rows } = await client.query(`select to_regclass('public."order"') as orders`);
  if (rows[0]?.['orders'] !== null) {
    const orders = await client.query('select 1 from public."order" limit 1');
    if (orders.rows.length > 0)
      throw new Refused('the database holds orders, but not the mark of a complete setup: it is left as it is');
  }
  // What was noted of it goes with it.
  await client.query('delete from shopyard.note');
  await client.query('drop schema public cascade');
  await client.query('create schema public');
}
