import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const dir = temporaryDir();
afterAll(() => dir[Symbol.dispose]());
const file = join(dir.path, 'oidc.yaml');
const ENV = { SHOPYARD_AUTH: 'required', SHOPYARD_OIDC_FILE: file };
const GIVEN = {
  name: 'ID',
  issuer: 'https://id.example.com',
  clientId: 'shopyard',
  groups: [{ group: 'a', role: 'admin' }],
};

function read(change: object, env: Record<string, string> = ENV) {
  writeFileSync(file, JSON.stringify({ ...GIVEN, ...change }));
  return readConfig(env);
}

test('the file names a provider, and its client secret is read from beside it', () => {
  writeFileSync(join(dir.path, 'secret'), 'hidden\n');
  const groups = [{ group: 'shops', role: 'owner', team: 'shops' }];
  expect(read({ clientSecretFile: 'secret', groups }).identityProvider).toEqual({
    ...GIVEN,
    groups,
    clientSecret: 'hidden',
    scopes: 'openid profile',
    groupsClaim: 'groups',
    nameClaim: 'preferred_username',
  });
  expect(read({}).identityProvider).not.toHaveProperty('clientSecret');
  expect(read({ issuer: 'http://127.0.0.1:5556/dex' }).identityProvider?.issuer).toBe('http://127.0.0.1:5556/dex');
});

test.each([
  {
    what: 'an issuer that anybody could pretend to be',
    change: { issuer: 'http://id.example.com' },
    message: /issuer must be an https address/,
  },
  { what: 'an issuer that is no address', change: { issuer: 'id' }, message: /issuer must be an https address/ },
  { what: 'no rows', change: { groups: [] }, message: /groups must have a row/ },
  {
    what: 'an unknown role',
    change: { groups: [{ group: 'a', role: 'root' }] },
    message: /groups\.0\.role choose a role: viewer/,
  },
  {
    what: 'an administrator of one team',
    change: { groups: [{ group: 'a', role: 'admin', team: 'b' }] },
    message: /groups\.0 is a role in all teams/,
  },
  { what: 'a misspelt field', change: { clientID: 'x' }, message: /clientID/ },
  { what: 'a secret that is not there', change: { clientSecretFile: 'none' }, message: /SHOPYARD_OIDC_FILE: .*none/ },
])('the file is refused with $what', ({ change, message }) => {
  expect(() => read(change)).toThrow(message);
});

test.each([
  { env: { SHOPYARD_OIDC_FILE: file }, message: /SHOPYARD_OIDC_FILE has no effect without SHOPYARD_AUTH=required/ },
  {
    env: { SHOPYARD_AUTH: 'required', SHOPYARD_PASSWORDS: 'off' },
    message: /SHOPYARD_PASSWORDS=off would let nobody in/,
  },
  { env: { ...ENV, SHOPYARD_OIDC_FILE: join(dir.path, 'absent') }, message: /SHOPYARD_OIDC_FILE: .*absent/ },
])('$env is refused', ({ env, message }) => {
  expect(() => read({}, env)).toThrow(message);
});
