/** The administrator's login, made once: a password that was changed in the admin stays. */
import type { Scope } from '@medusajs/framework';
import { createUsersWorkflow } from '@medusajs/medusa/core-flows';
import { find } from './records.ts';

const PROVIDER = 'emailpass';

/** Completes what a run that was killed has begun. */
export async function makeAdministrator(scope: Scope, login: { email: string; password: string }): Promise<void> {
  const { email } = login;
  const auth = scope.resolve('auth');
  const [known] = await auth.listAuthIdentities({
    provider_identities: { entity_id: email, provider: PROVIDER },
  });
  if (known?.app_metadata?.['user_id'] !== undefined) return;
  const user =
    (await find(scope, { entity: 'user', filters: { email } })) ??
    (await createUsersWorkflow(scope).run({ input: { users: [{ email }] } })).result[0];
  const identity = known ?? (await register());
  await auth.updateAuthIdentities({ id: identity.id, app_metadata: { user_id: user?.['id'] } });

  async function register(): Promise<{ id: string }> {
    const { authIdentity, error } = await auth.register(PROVIDER, { body: login });
    if (!authIdentity) throw new Error(`Medusa takes no administrator: ${error}`);
    return authIdentity;
  }
}
