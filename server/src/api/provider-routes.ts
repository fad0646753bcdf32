/** The way to an identity provider and back. Browsers follow links there, so failures end on the dashboard's sign-in page. */
import type { IncomingMessage } from 'node:http';
import { PROVIDER_PATH, type ProviderRefusal, TooManyRequestsError } from '@shopyard/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ProviderError, type ProviderSignIn } from '../app/access/provider-sign-in.ts';
import type { AddressOf } from './client-address.ts';
import { begunCookie, readBegun, sessionCookie } from './session-cookie.ts';

const ANSWER_PATH = `${PROVIDER_PATH}/answer`;

export interface ProviderRoutes {
  provider: ProviderSignIn;
  addressOf: AddressOf;
  publicUrl?: URL | undefined;
}

/** Where it begins: our own page alone leads there. */
export function registerProviderSignIn(app: FastifyInstance, { provider, publicUrl }: ProviderRoutes): void {
  app.get(PROVIDER_PATH, async ({ raw }, reply) => {
    try {
      const { url, kept } = await provider.begin(`${originOf(raw, publicUrl)}${ANSWER_PATH}`);
      return await reply.header('Set-Cookie', begunCookie(raw, kept, publicUrl)).redirect(url.href, 303);
    } catch (error) {
      return refuse(reply, error);
    }
  });
}

/** Where the provider sends the browser: a request from another site, which only the browser that began can make. */
export function registerProviderAnswer(app: FastifyInstance, { provider, addressOf, publicUrl }: ProviderRoutes): void {
  app.get(ANSWER_PATH, async ({ raw }, reply) => {
    const kept = readBegun(raw, publicUrl) ?? '';
    const visitor = { address: addressOf(raw), client: raw.headers['user-agent'] ?? '' };
    void reply.header('Set-Cookie', begunCookie(raw, undefined, publicUrl));
    try {
      const answer = new URL(raw.url ?? '', originOf(raw, publicUrl));
      const secret = await provider.finish(answer, kept, visitor);
      return await reply.header('Set-Cookie', sessionCookie(raw, secret, publicUrl)).redirect('/', 303);
    } catch (error) {
      return refuse(reply, error);
    }
  });
}

/** Throws what is no refusal. */
function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  return reply.redirect(`/#/sign-in?refused=${refusalOf(error)}`, 303);
}

function refusalOf(error: unknown): ProviderRefusal {
  if (error instanceof ProviderError) return error.why;
  if (error instanceof TooManyRequestsError) return 'failed';
  throw error;
}

/** The public address is where people sign in, if there is one. The guard has checked the host. */
function originOf({ headers }: IncomingMessage, publicUrl: URL | undefined): string {
  return publicUrl?.origin ?? `http://${headers.host}`;
}
