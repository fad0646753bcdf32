/** REST routes of who gets in; see rest.ts. */
import type { RestRoute } from '../rest-route.ts';

export const ACCESS_ROUTES = {
  'access.createSignInCode': {
    type: 'mutation',
    method: 'POST',
    path: '/sign-in-codes',
    status: 200,
    summary: 'Create a code that signs a browser in once, within ten minutes',
  },
} as const satisfies Record<string, RestRoute>;
