/** Makes a link that signs in work once, however many ask at the same moment. */
import { createHash } from 'node:crypto';
import type { Scope } from '@medusajs/framework';

/** True for the first one. The row goes with the next sign-in after it has expired. Times in seconds since 1970. */
export async function useOnce(
  scope: Scope,
  { nonce, expires, now }: { nonce: string; expires: number; now: number },
): Promise<boolean> {
  const database = scope.resolve('__pg_connection__');
  const hash = createHash('sha256').update(nonce).digest('hex');
  await database.raw('delete from shopyard.sign_in where expires < ?', [now]);
  const { rowCount } = await database.raw(
    'insert into shopyard.sign_in (hash, expires) values (?, ?) on conflict do nothing',
    [hash, expires],
  );
  return rowCount === 1;
}
