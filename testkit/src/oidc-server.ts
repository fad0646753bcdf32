/** A real OpenID Connect provider in this process, whose tokens a test may change before they are signed. */
import { createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

type Claims = Record<string, unknown>;

export interface OidcServer extends AsyncDisposable {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who is signed in there, with the claims about them. */
  person: { sub: string } & Claims;
  /** Changes an ID token's claims before it is signed. */
  change: (claims: Claims) => Claims;
  /** Changes the signed token, as whoever is in between could. */
  forge: (token: string) => string;
  /** Signs the person in, as a browser that follows each redirect; resolves with the address that it ends at. */
  visit(url: URL | string): Promise<URL>;
}

/** `redirectUris`: where the provider may send browsers to. */
export async function startOidcServer(redirectUris: string[]): Promise<OidcServer> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const listener = createServer();
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  // Another site than localhost, as in production.
  const issuer = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ['shopyard', 's'.repeat(40)];
  const server: OidcServer = {
    issuer,
    clientId,
    clientSecret,
    person: { sub: 'u1', preferred_username: 'ann', groups: [] },
    change: (claims) => claims,
    forge: (token) => token,
    visit: (url) => follow(new URL(url), issuer),
    async [Symbol.asyncDispose]() {
      listener.closeAllConnections();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['k'] },
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups', 'email'] },
    // In the ID token, as Keycloak and Dex have them.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => server.person }),
    async loadExistingGrant({ oidc: { client, session } }) {
      const grant = new provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  const sign = (claims: Claims): string => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = `${part({ alg: 'RS256', typ: 'JWT', kid: 'k1' })}.${part(claims)}`;
    return server.forge(`${body}.${createSign('RSA-SHA256').update(body).sign(privateKey, 'base64url')}`);
  };
  provider.use(async (ctx, next) => {
    if (ctx.path.startsWith('/interaction/')) {
      await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: server.person.sub } });
      ctx.respond = false;
      return;
    }
    await next();
    // Of the token's address, an object.
    const answer = ctx.body as { id_token?: string };
    if (ctx.path !== '/token' || answer.id_token === undefined) return;
    // The provider's own.
    const claims = JSON.parse(Buffer.from(answer.id_token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
    ctx.body = { ...answer, id_token: sign(server.change(claims)) };
  });
  listener.on('request', (req, res) => void provider.callback()(req, res));
  return server;
}

/** Leaves the provider at the first redirect to elsewhere. */
async function follow(from: URL, issuer: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = from;
  for (let hops = 0; hops < 10; hops++) {
    if (url.origin !== issuer) return url;
    const Cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { Cookie } });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const next = answer.headers.get('location');
    if (next === null) throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`);
    url = new URL(next, url);
  }
  throw new Error('the provider redirects for ever');
}
