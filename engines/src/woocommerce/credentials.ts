/** Contents of a new store's Secret. `random` is in server/src/cluster/credentials.ts. */
import type { Engine } from '../engine.ts';

const LOWER = 'abcdefghijkmnopqrstuvwxyz23456789';
const SALT = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export const login = { username: 'wordpress-username', password: 'wordpress-password' } as const;

/** Letters and digits: WordPress's login escapes others. */
export const credentials: Engine['credentials'] = ({ name }, random) => {
  const salts = ['auth', 'secure-auth', 'logged-in', 'nonce'].flatMap((kind) => [`${kind}-key`, `${kind}-salt`]);
  return {
    'mariadb-root-password': random(32),
    'mariadb-password': random(32),
    [login.username]: `admin-${random(4, LOWER)}`,
    [login.password]: random(24),
    // Doesn't reveal the login name: order mails show it. WordPress also accepts it as a login.
    'wordpress-email': `shop-${random(4, LOWER)}@${name}.invalid`,
    ...Object.fromEntries(salts.map((salt) => [salt, random(64, SALT)])),
  };
};
