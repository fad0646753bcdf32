/** How people sign in, where SHOPYARD_AUTH=required asks them to. */
import { ConfigError } from '../kit/config-error.ts';
import type { Environment } from './environment.ts';
import { type IdentityProviderConfig, readIdentityProvider } from './identity-provider.ts';

interface SigningIn {
  setUpCodeFile?: string;
  identityProvider?: IdentityProviderConfig;
  passwords: boolean;
}

/** Throws ConfigError. */
export function signingIn(values: Environment, at: (path: string) => string): SigningIn {
  const { SHOPYARD_SET_UP_CODE_FILE: code, SHOPYARD_OIDC_FILE: provider, SHOPYARD_PASSWORDS: passwords } = values;
  const given = [code && 'SHOPYARD_SET_UP_CODE_FILE', provider && 'SHOPYARD_OIDC_FILE'].filter(Boolean);
  if (given.length > 0 && values.SHOPYARD_AUTH !== 'required')
    throw new ConfigError(`${given.join(' and ')} has no effect without SHOPYARD_AUTH=required: set it too`);
  if (passwords === 'off' && !provider)
    throw new ConfigError(
      'SHOPYARD_PASSWORDS=off would let nobody in: set SHOPYARD_OIDC_FILE to an identity provider too',
    );
  return {
    ...(code ? { setUpCodeFile: at(code) } : {}),
    ...(provider ? { identityProvider: readIdentityProvider(at(provider)) } : {}),
    passwords: passwords === 'on',
  };
}
