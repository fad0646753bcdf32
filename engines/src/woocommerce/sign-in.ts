/** The store checks the link by `files/sign-in.php` of the chart, whose counterpart this is. */
import { createSignIn } from '../sign-in-token.ts';
import { login } from './credentials.ts';

export const signIn = createSignIn({
  page: '/wp-login.php',
  username: login.username,
  secrets: ['secure-auth-key', 'secure-auth-salt'],
});
