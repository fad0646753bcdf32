/**
 * What setup did, in a schema of its own beside Medusa's tables: by name, the value that it wrote last. What differs from
 * that now was changed by a merchant, and stays.
 */
import type { Client } from 'pg';

export type NoteName =
  /** The version whose migrations are through, on a database that was set up completely once. */
  | 'medusa'
  | 'currency'
  | 'country'
  | 'title'
  | 'url'
  | 'administrator'
  /** Inputs of the last complete setup. */
  | 'hash';

export async function createNotes(client: Client): Promise<void> {
  await client.query('create schema if not exists shopyard');
  await client.query('create table if not exists shopyard.note (name text primary key, value text not null)');
  await client.query('create table if not exists shopyard.sign_in (hash text primary key, expires bigint not null)');
}

/** Empty where there was no setup yet. */
export async function readNotes(client: Client): Promise<ReadonlyMap<NoteName, string>> {
  const { rows } = await client.query("select to_regclass('shopyard.note') as notes");
  if (rows[0]?.['notes'] === null) return new Map();
  const notes = await client.query('select name, value from shopyard.note');
  // Nobody else writes there.
  return new Map(notes.rows.map(({ name, value }) => [name as NoteName, value as string]));
}

export async function writeNote(client: Client, name: NoteName, value: string): Promise<void> {
  await client.query(
    'insert into shopyard.note (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
    [name, value],
  );
}
