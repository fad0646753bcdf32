/** Signing in at an identity provider, by OpenID Connect: the code flow with PKCE, state and nonce. */
import * as oidc from 'openid-client';
import type { Identity } from '../../storage/access-storage.ts';

export interface IdentityProviderSettings {
  name: string;
  issuer: string;
  clientId: string;
  clientSecret?: string;
  scopes: string;
  groupsClaim: string;
  nameClaim: string;
}

/** Whom the provider vouches for. */
export interface Vouched extends Identity {
  /** What a new account would be called, as the provider has it. */
  name: string;
  groups: string[];
}

/** The visitor's browser keeps `kept` until it comes back: an answer is good in that browser alone. */
export interface BegunSignIn {
  url: URL;
  kept: string;
}

export interface IdentityProvider {
  name: string;
  /** Rejects while the provider doesn't answer. */
  begin(redirectUri: string): Promise<BegunSignIn>;
  /** `answer`: the address that the provider sent the browser to. Rejects for an answer that proves nothing. */
  finish(answer: URL, kept: string): Promise<Vouched>;
}

const TIMEOUT_S = 10;

export function createIdentityProvider(settings: IdentityProviderSettings): IdentityProvider {
  const { name, issuer, clientId, clientSecret, scopes, groupsClaim, nameClaim } = settings;
  let known: Promise<oidc.Configuration> | undefined;
  /** Asked for once, and again after a failure. */
  const configuration = (): Promise<oidc.Configuration> => {
    known ??= discover().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  const discover = (): Promise<oidc.Configuration> => {
    const isLocal = issuer.startsWith('http:');
    const client = clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret);
    // Signatures are checked although the token comes straight from the provider.
    const execute = [oidc.enableNonRepudiationChecks, ...(isLocal ? [oidc.allowInsecureRequests] : [])];
    return oidc.discovery(new URL(issuer), clientId, undefined, client, { execute, timeout: TIMEOUT_S });
  };
  return {
    name,
    async begin(redirectUri) {
      const state = oidc.randomState();
      const nonce = oidc.randomNonce();
      const verifier = oidc.randomPKCECodeVerifier();
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: scopes,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { url, kept: [state, nonce, verifier].join('.') };
    },

    async finish(answer, kept) {
      const [expectedState = '', expectedNonce = '', pkceCodeVerifier = ''] = kept.split('.');
      const config = await configuration();
      const checks = { expectedState, expectedNonce, pkceCodeVerifier, idTokenExpected: true };
      const tokens = await oidc.authorizationCodeGrant(config, answer, checks);
      const claims = tokens.claims();
      if (!claims) throw new Error('the provider sent no ID token');
      // Providers leave out of the token what would make it large.
      const hasAll = groupsClaim in claims && nameClaim in claims;
      const asks = !hasAll && config.serverMetadata().userinfo_endpoint !== undefined;
      const more = asks ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
      const all: Record<string, unknown> = { ...more, ...claims };
      return {
        issuer: claims.iss,
        subject: claims.sub,
        name: textOf(all[nameClaim]) ?? claims.sub,
        groups: textsOf(all[groupsClaim]),
      };
    },
  };
}

const textOf = (claim: unknown): string | undefined => (typeof claim === 'string' && claim !== '' ? claim : undefined);

function textsOf(claim: unknown): string[] {
  const all: unknown[] = Array.isArray(claim) ? claim : [claim];
  return all.filter((one) => typeof one === 'string');
}
