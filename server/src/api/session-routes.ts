/** Signing in and out. These calls answer with cookies, so they are routes of their own and no procedures. */
import type { IncomingMessage } from 'node:http';
import { issueAt, ShopyardError, signInSchema } from '@shopyard/contracts';
import type { FastifyInstance } from 'fastify';
import type { Access } from '../app/access/access.ts';
import { addressKey } from './caller.ts';
import { acceptJson } from './json-body.ts';
import { readSession, sessionCookie } from './session-cookie.ts';

export function registerSessions(app: FastifyInstance, access: Access, publicUrl?: URL): void {
  acceptJson(app);

  app.post('/session', async ({ raw, body }, reply) => {
    const parsed = signInSchema.safeParse(body);
    if (!parsed.success) {
      const issues = parsed.error.issues.map(({ path, message }) => issueAt(path.map(String), message));
      throw new ShopyardError('validation_failed', issues.map(({ message }) => message).join('; '), issues);
    }
    const secret = await access.signIn(parsed.data.code, visitorOf(raw));
    // Whoever had a session before this one has another one now.
    const before = readSession(raw, publicUrl);
    if (before !== undefined) await access.signOut(before);
    return reply
      .status(204)
      .header('Set-Cookie', sessionCookie(raw, secret, publicUrl))
      .send();
  });

  app.delete('/session', async ({ raw }, reply) => {
    const secret = readSession(raw, publicUrl);
    if (secret !== undefined) await access.signOut(secret);
    return reply
      .status(204)
      .header('Set-Cookie', sessionCookie(raw, undefined, publicUrl))
      .send();
  });
}

const visitorOf = (req: IncomingMessage) => ({ address: addressKey(req), client: req.headers['user-agent'] ?? '' });
