/** A store's credentials: generated once and kept only in the cluster. */
import { randomBytes, randomInt } from 'node:crypto';
import { STORE_ID_LABEL } from '../domain/labels.ts';

export const CREDENTIALS_SECRET = 'store-credentials';
/** Field selector for the Secret: the account may list and watch Secrets under this name only. */
export const CREDENTIALS_FIELD = `metadata.name=${CREDENTIALS_SECRET}`;

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const LOWER = 'abcdefghijkmnopqrstuvwxyz23456789';

/** Immutable, because the database keeps its initial password. Letters and digits: WordPress's login escapes others. */
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
      // Doesn't reveal the login name: order mails show it. WordPress also accepts it as a login.
      'wordpress-email': `shop-${letters(4, LOWER)}@${name}.invalid`,
      ...Object.fromEntries(salts.map((salt) => [salt, randomBytes(48).toString('base64url')])),
    },
  };
}

function letters(length: number, alphabet = LETTERS): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
