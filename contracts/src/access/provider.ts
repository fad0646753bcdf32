/** Signing in at an identity provider. Apart from schemas, which the dashboard's first load leaves out. */

/** Where the dashboard sends whoever signs in at the identity provider. */
export const PROVIDER_PATH = '/session/provider';

/** Why a sign-in at an identity provider let nobody in, in the fragment of the page that is then opened. */
export const PROVIDER_REFUSALS = {
  failed: 'signing in there did not work, or took too long: try again',
  unreachable: 'the identity provider does not answer: try again, or tell an administrator',
  'no-role': 'you have no role here: ask an administrator to add you to a group or a team',
  'no-admin': 'nobody has set up Shopyard yet: an administrator signs in first',
  disabled: 'your account is disabled: ask an administrator',
} as const;
export type ProviderRefusal = keyof typeof PROVIDER_REFUSALS;
