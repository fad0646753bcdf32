/** Signing in and out. These calls answer with cookies, so they are routes of their own and no procedures. */
import type { IncomingMessage } from 'node:http';
import { issueAt, ShopyardError, type SignIn, signInSchema } from '@shopyard/contracts';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Access } from '../app/access/access.ts';
import type { AddressOf } from './client-address.ts';
import { acceptJson } from './json-body.ts';
import { readSession, sessionCookie } from './session-cookie.ts';

export interface SessionRoutes {
  people: Pick<Access, 'offer' | 'signIn' | 'signOut'>;
  addressOf: AddressOf;
  publicUrl?: URL | undefined;
}

export function registerSessions(app: FastifyInstance, { people, addressOf, publicUrl }: SessionRoutes): void {
  acceptJson(app);

  app.get('/session', () => people.offer());

  app.post('/session', async ({ raw, body }, reply) => {
    const visitor = { address: addressOf(raw), client: raw.headers['user-agent'] ?? '' };
    const secret = await people.signIn(parseSignIn(body), visitor);
    // Whoever had a session before this one has another one now.
    const before = readSession(raw, publicUrl);
    if (before !== undefined) await people.signOut(before);
    return reply
      .status(204)
      .header('Set-Cookie', sessionCookie(raw, secret, publicUrl))
      .send();
  });

  app.delete('/session', async ({ raw }, reply) => {
    assertOrigin(raw);
    const secret = readSession(raw, publicUrl);
    if (secret !== undefined) await people.signOut(secret);
    return reply
      .status(204)
      .header('Set-Cookie', sessionCookie(raw, undefined, publicUrl))
      .send();
  });
}

/** Throws ShopyardError `validation_failed`, by field where the form is known. */
function parseSignIn(body: unknown): SignIn {
  const parsed = signInSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issues = nearest(parsed.error.issues).map(({ path, message }) => issueAt(path.map(String), message));
  throw new ShopyardError('validation_failed', issues.map(({ message }) => message).join('; '), issues);
}

/** Of the forms that it could have, those faults that are in fields which it has. */
function nearest(issues: z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const forms = issues.flatMap((issue) => (issue.code === 'invalid_union' ? issue.errors : []));
  const own = forms.find((form) => form.every(({ code }) => code !== 'unrecognized_keys' && code !== 'invalid_type'));
  return own ?? issues;
}

function assertOrigin({ headers }: IncomingMessage): void {
  if (headers.origin === undefined)
    throw new ShopyardError('forbidden', 'a call with the cookie of a session needs an Origin');
}
