/** How somebody signs in. */
import { z } from 'zod';

export const signInCodeSchema = z.object({
  /** Whoever sends it first to `POST /session` is signed in: it is a password that works once. */
  code: z.string(),
  expiresAt: z.iso.datetime(),
});
export type SignInCode = z.infer<typeof signInCodeSchema>;

/** Body of `POST /session`, which answers with a cookie and so is no procedure. */
export const signInSchema = z.object(
  { code: z.string({ error: 'send the code of a sign-in link' }).min(1, 'send the code of a sign-in link').max(200) },
  { error: 'send a JSON object such as {"code": "…"}' },
);
export type SignIn = z.infer<typeof signInSchema>;
