/** How somebody signs in. `/session` answers with cookies, so it is no procedure. */
import { z } from 'zod';
import { passwordSchema, userNameSchema } from './users.ts';

/** Whoever sends it first to `POST /session` is let in: it is a password that works once. */
export const codeSchema = z.object({ code: z.string(), expiresAt: z.iso.datetime() });
export type OnceCode = z.infer<typeof codeSchema>;

const code = z.string().min(1, 'send the code of a link').max(200, 'send the code of a link');

/** Body of `POST /session`. */
export const signInSchema = z.union(
  [
    z.strictObject({ name: z.string().max(200), password: z.string().max(200) }),
    /** Of a sign-in link. */
    z.strictObject({ code }),
    /** Of an invitation: chooses its user's password. */
    z.strictObject({ invitation: code, password: passwordSchema }),
    /** Creates the first account, an administrator's. */
    z.strictObject({ setUp: code, name: userNameSchema, password: passwordSchema }),
  ],
  { error: 'send {"name", "password"}, {"code"}, {"invitation", "password"} or {"setUp", "name", "password"}' },
);
export type SignIn = z.infer<typeof signInSchema>;

/**
 * Answer of `GET /session`: what somebody who is not signed in is asked for, and the name of the identity provider that knows
 * people here, if one does.
 */
export const signInWaySchema = z.object({
  way: z.enum(['nothing', 'link', 'password', 'set-up', 'proxy', 'provider']),
  provider: z.string().optional(),
});
export type SignInOffer = z.infer<typeof signInWaySchema>;
export type SignInWay = SignInOffer['way'];
