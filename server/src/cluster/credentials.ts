/** A store's credentials: made once and kept in the cluster alone. */
import { randomBytes, randomInt } from 'node:crypto';
import { STORE_ID_LABEL } from '../domain/labels.ts';

export const CREDENTIALS_SECRET = 'store-credentials';
/** Field selector of it: the account may list and watch Secrets of no other name. */
export const CREDENTIALS_FIELD = `metadata.name=${CREDENTIALS_SECRET}`;

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const LOWER = 'abcdefghijkmnopqrstuvwxyz23456789';

/** Immutable: no one can change what the database was set up with. Letters and digits: WordPress's login slashes others. */
export function credentialsOf({ id, name }: { id: string; name: string }): object {
  const salts = ['auth', 'secure-auth', 'logged-in', 'nonce'].flatMap((kind) => [`${kind}-key`, `${kind}-salt`]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    immutable: true,
    metadata: {
      name: CREDENTIALS_SECRET,
      labels: { [STORE_ID_LABEL]: id, 'app.kubernetes.io/managed-by': 'shopyard' },
    },
    stringData: {
      'mariadb-root-password': letters(32),
      'mariadb-password': letters(32),
      'wordpress-username': `admin-${letters(4, LOWER)}`,
      'wordpress-password': letters(24),
      // Not the login's: order mails show it, and WordPress takes it for a login as well.
      'wordpress-email': `shop-${letters(4, LOWER)}@${name}.invalid`,
      ...Object.fromEntries(salts.map((salt) => [salt, randomBytes(48).toString('base64url')])),
    },
  };
}

function letters(length: number, alphabet = LETTERS): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
