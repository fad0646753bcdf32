/** The store checks the link by `src/sign-in/sign-in.ts` of its image, whose counterpart this is. */
import { createSignIn } from '../sign-in-token.ts';
import { login, SECRETS } from './credentials.ts';

export const signIn = createSignIn({ page: '/sign-in', username: login.username, secrets: SECRETS });
