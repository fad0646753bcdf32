/** Signs an administrator in, as Medusa's own login does. */
import type { Scope } from '@medusajs/framework';
import type { AuthContext } from '@medusajs/framework/http';

const PROVIDER = 'emailpass';

/** What Medusa keeps in the session of somebody who is signed in; `undefined` if there is no such administrator. */
export async function signInAs(scope: Scope, email: string): Promise<AuthContext | undefined> {
  const [identity] = await scope
    .resolve('auth')
    .listAuthIdentities({ provider_identities: { entity_id: email, provider: PROVIDER } });
  const user = identity?.app_metadata?.['user_id'];
  if (!identity || user === undefined) return undefined;
  return {
    actor_id: user,
    actor_type: 'user',
    auth_identity_id: identity.id,
    app_metadata: { user_id: user },
    user_metadata: {},
  };
}
