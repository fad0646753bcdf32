/** REST routes of who gets in; see rest.ts. */
import type { RestRoute } from '../rest-route.ts';

export const ACCESS_ROUTES = {
  'access.me': { type: 'query', method: 'GET', path: '/me', status: 200, summary: 'Who calls, and in which roles' },
  'access.sessions': {
    type: 'query',
    method: 'GET',
    path: '/me/sessions',
    status: 200,
    summary: "The caller's browsers that are signed in",
  },
  'access.endSession': {
    type: 'mutation',
    method: 'DELETE',
    path: '/me/sessions/{id}',
    status: 200,
    summary: 'Sign out one of them',
  },
  'access.changePassword': {
    type: 'mutation',
    method: 'POST',
    path: '/me/password',
    status: 200,
    summary: "Change the caller's password; signs out their other browsers",
  },
  'access.createSignInCode': {
    type: 'mutation',
    method: 'POST',
    path: '/sign-in-codes',
    status: 200,
    summary: 'Create a code that signs a browser in once, within ten minutes, while there are no accounts',
  },
  'access.createSetUpCode': {
    type: 'mutation',
    method: 'POST',
    path: '/set-up-codes',
    status: 200,
    summary: 'Create a code that creates the first account, within an hour',
  },
  'access.users': { type: 'query', method: 'GET', path: '/users', status: 200, summary: 'List all users' },
  'access.createUser': {
    type: 'mutation',
    method: 'POST',
    path: '/users',
    status: 200,
    summary: 'Create a user, with an invitation to choose a password',
  },
  'access.changeUser': {
    type: 'mutation',
    method: 'PATCH',
    path: '/users/{id}',
    status: 200,
    summary: "Change a user's role, or whether they may come in",
  },
  'access.inviteUser': {
    type: 'mutation',
    method: 'POST',
    path: '/users/{id}/invitation',
    status: 200,
    summary: 'Invite a user again, who lost the first invitation or the password',
  },
  'access.audit': {
    type: 'query',
    method: 'GET',
    path: '/audit',
    status: 200,
    summary: 'The audit trail, newest first: who did what, was refused what, and signed in from where',
  },
} as const satisfies Record<string, RestRoute>;
