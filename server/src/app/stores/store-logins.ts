/** 1 CALL: the ways into a store as its administrator. The history names the caller before they get one. */
import { type AuditedAction, ShopyardError, type Store } from '@shopyard/contracts';
import type { StoreService } from '@shopyard/contracts/services';
import { type Engines, requireEngine, type SignInLink } from '@shopyard/engines';
import { messageOf } from '../../kit/error-message.ts';
import { randomText } from '../../kit/random-text.ts';
import type { Reveals } from '../access/reveals.ts';
import type { LiveStores } from '../../live/live-stores.ts';
import type { AuditedCall, Storage } from '../../storage/storage.ts';
import type { StoreAnswer, StoreRequest } from '../../store-access/store-http.ts';
import { requireChangeable } from './require-store.ts';

/** A sleeping store wakes first. */
const ASK_MS = 20_000;
const NO_LOGIN = "there is no login yet, or the cluster doesn't answer: try again when the store is Ready";

type StoreCredentials = Readonly<Record<string, string>>;

export interface StoreLoginsOptions {
  storage: Pick<Storage, 'audited'>;
  liveStores: Pick<LiveStores, 'get' | 'touch'>;
  engines: Engines;
  reach: {
    /** Contents of the store's Secret, from the cluster. */
    credentialsOf: (store: { namespace: string; engine: string }) => Promise<StoreCredentials | undefined>;
    /** Sends one request to the store, as a browser would. */
    request: (request: StoreRequest) => Promise<StoreAnswer>;
  };
  reveals: Reveals;
  now: () => Date;
}

/** Who asked, and what the history says of it. */
type Why = Pick<AuditedCall, 'caller' | 'detail' | 'reason'>;

export type StoreLogins = Pick<StoreService, 'credentials' | 'loginLink'>;

export function createStoreLogins(options: StoreLoginsOptions): StoreLogins {
  const { storage, liveStores, engines, reach, reveals, now } = options;

  async function readCredentials(store: Store): Promise<StoreCredentials> {
    const credentials = await reach.credentialsOf(store).catch(() => undefined);
    if (!credentials) throw new ShopyardError('unavailable', NO_LOGIN);
    return credentials;
  }

  async function note(id: string, action: AuditedAction, why: Why) {
    await storage.audited({ ...why, action, at: now() }, (writes) => writes.revealLogin(id));
    liveStores.touch(id);
  }

  /** Throws a ShopyardError with the remedy if the store takes no link. */
  async function makeLink(store: Store, to: string): Promise<Exclude<SignInLink, { missing: string }>> {
    const { id, namespace, engine, url } = store;
    const { signIn, title } = requireEngine(engines, store);
    if (!signIn) throw new ShopyardError('unavailable', `${title} has no sign-in links: use the password`);
    const credentials = await readCredentials(store);
    const signal = AbortSignal.timeout(ASK_MS);
    const ask = (path: string): Promise<StoreAnswer> =>
      reach.request({ store: { id, namespace, engine }, url, path, signal });
    const link = await signIn(ask, { url, credentials, to, random: randomText }).catch((error: unknown) => ({
      missing: `it does not answer: ${messageOf(error)}`,
    }));
    if (!('missing' in link)) return link;
    throw new ShopyardError('unavailable', `no sign-in link can be made: ${link.missing}`);
  }

  return {
    async credentials({ id, reason }, caller) {
      const store = requireChangeable(options, id, { action: 'stores.credentials', caller });
      await reveals.assertMeant(caller, reason);
      const { login, adminPath } = requireEngine(engines, store);
      const { [login.username]: username, [login.password]: password } = await readCredentials(store);
      if (!username || !password) throw new ShopyardError('unavailable', NO_LOGIN);
      await reveals.count(caller);
      await note(id, 'stores.credentials', { caller, reason });
      return { adminUrl: store.url + adminPath, username, password };
    },

    async loginLink({ id, to, reason }, caller) {
      const store = requireChangeable(options, id, { action: 'stores.loginLink', caller });
      await reveals.assertMeant(caller, reason);
      const { path, seconds } = await makeLink(store, to ?? '');
      await note(id, 'stores.loginLink', { caller, reason, ...(to === undefined ? {} : { detail: to }) });
      return { url: store.url + path, expiresAt: new Date(now().getTime() + seconds * 1000).toISOString() };
    },
  };
}
