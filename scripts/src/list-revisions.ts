/** `npm run list-revisions -- NAME`: prints who gave the store which values, why, and whether it worked; newest first. */
import { revisionLineOf } from './lib/format.ts';
import { requireStore } from './lib/require-store.ts';
import { print, runScript, UsageError } from './lib/script.ts';

await runScript(async (api, [name]) => {
  if (!name) throw new UsageError('usage: npm run list-revisions -- NAME');
  const { id } = await requireStore(api, name);
  let cursor: number | undefined;
  do {
    const page = await api.trpc.stores.revisions.query({ id, limit: 100, cursor });
    for (const revision of page.revisions) print(revisionLineOf(revision));
    cursor = page.next;
  } while (cursor !== undefined);
});
