/**
 * Databases of embedded stores, on one Postgres: each is a copy of a template, which is prepared once for each version,
 * currency and country. A copy takes a third of a second; a setup from nothing, twenty.
 */
import type { Client } from 'pg';
import { connect } from '../setup/database.ts';
import { readVersion } from '../setup/medusa.ts';
import { readSettings, type Settings } from '../setup/settings.ts';
import { setUp } from '../setup/set-up.ts';

/** Any number, the same in every process. */
const LOCK = 9001;
/** Names are part of statements, which take no parameters there. */
const NAME = /^[a-z][a-z0-9_]{0,62}$/;

export interface Place {
  /** Address of a database on the server, with `{name}` in place of its name. */
  url: string;
  /** Name of the store's database. */
  name: string;
}

/** Returns the versions of what the store runs, by name. Leaves a database that exists, and brings it up to date. */
export async function copyDatabase({ url, name }: Place, say: (line: string) => void): Promise<Record<string, string>> {
  const at = (database: string): string => url.replace('{name}', database);
  const settings = { ...readSettings({ ...process.env, DATABASE_URL: at(name) }), appliesLater: true };
  const client = await connect(at('postgres'));
  try {
    // One template is prepared at a time; whoever waits finds it.
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    if (!(await exists(client, name))) {
      const template = await prepareTemplate(client, settings, { at, say });
      say('copy');
      // A name that exists is a whole database: creating one is atomic.
      await client.query(`create database ${quoted(name)} template ${quoted(template)}`);
    }
  } finally {
    await client.end();
  }
  const own = await connect(at(name));
  try {
    // Title and administrator are made by the process that serves.
    return await setUp(own, { settings, say });
  } finally {
    await own.end();
  }
}

export async function dropDatabase({ url, name }: Place): Promise<void> {
  const client = await connect(url.replace('{name}', 'postgres'));
  try {
    await client.query(`drop database if exists ${quoted(name)} with (force)`);
  } finally {
    await client.end();
  }
}

interface Ways {
  at: (database: string) => string;
  say: (line: string) => void;
}

/** Returns its name. */
async function prepareTemplate(client: Client, settings: Settings, { at, say }: Ways): Promise<string> {
  const { currency, country } = settings;
  const name = `template_${readVersion().replaceAll('.', '_')}_${currency}_${country}`;
  if (await exists(client, name)) return name;
  say('template');
  const unfinished = `${name}_new`;
  await client.query(`drop database if exists ${quoted(unfinished)} with (force)`);
  await client.query(`create database ${quoted(unfinished)}`);
  const own = await connect(at(unfinished));
  try {
    await setUp(own, { settings: { ...settings, databaseUrl: at(unfinished) }, say });
  } finally {
    await own.end();
  }
  // Nobody is connected to it any more.
  await client.query(`alter database ${quoted(unfinished)} rename to ${quoted(name)}`);
  return name;
}

async function exists(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query('select 1 from pg_database where datname = $1', [name]);
  return rows.length > 0;
}

function quoted(name: string): string {
  if (!NAME.test(name)) throw new Error(`${name} is no name of a database`);
  return `"${name}"`;
}
