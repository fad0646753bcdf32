/** Brings into Medusa what the values say of a store that is seeded: its title, and its administrator. */
import type { Scope } from '@medusajs/framework';
import { updateStoresWorkflow } from '@medusajs/medusa/core-flows';
import { makeAdministrator } from './administrator.ts';
import type { NoteName } from './notes.ts';
import { first } from './records.ts';
import type { Settings } from './settings.ts';

/** Safe to be killed and run again; with nothing to do it takes milliseconds. */
export async function apply(scope: Scope, { title, login }: Pick<Settings, 'title' | 'login'>): Promise<void> {
  const database = scope.resolve('__pg_connection__');
  const { rows } = await database.raw('select name, value from shopyard.note');
  const notes = new Map(rows.map(({ name, value }) => [name, value]));
  if (notes.get('title') !== title) {
    await setTitle(scope, title, notes.get('title'));
    await note('title', title);
  }
  // The template of embedded stores has none. Made once: a password that was changed in the admin stays.
  if (!login || notes.has('administrator')) return;
  await makeAdministrator(scope, login);
  await note('administrator', login.email);

  async function note(name: NoteName, value: string): Promise<void> {
    await database.raw(
      'insert into shopyard.note (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
      [name, value],
    );
  }
}

/** `last`: what setup wrote before. A title that is another one now was changed by a merchant, and stays. */
async function setTitle(scope: Scope, title: string, last: unknown): Promise<void> {
  const store = await first(scope, { entity: 'store', fields: ['id', 'name'] });
  if (store['name'] === title || (last !== undefined && store['name'] !== last)) return;
  await updateStoresWorkflow(scope).run({ input: { selector: { id: store['id'] }, update: { name: title } } });
}
