/** Signing in at an identity provider that is another site, as somebody with a browser does. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startServerProcess, temporaryDir } from '@shopyard/testkit';
import { CHROMIUM, launchBrowser } from '@shopyard/testkit/browser';
import { startOidcServer } from '@shopyard/testkit/oidc-server';
import { expect, onTestFinished, test } from 'vitest';
import { screenshot } from './support/browser.ts';
import { findFaults } from './support/looks.ts';
import { LOOKS, visitPage } from './support/visit.ts';

test.skipIf(!CHROMIUM)('signs in members of a known group, and tells others what they lack', async () => {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const provider = await startOidcServer([`${url}/session/provider/answer`]);
  onTestFinished(() => provider[Symbol.asyncDispose]());
  const dir = temporaryDir();
  onTestFinished(() => dir[Symbol.dispose]());
  const file = join(dir.path, 'oidc.json');
  writeFileSync(join(dir.path, 'secret'), provider.clientSecret);
  const { issuer, clientId } = provider;
  const groups = [{ group: 'root', role: 'admin' }];
  writeFileSync(file, JSON.stringify({ name: 'Keycloak', issuer, clientId, clientSecretFile: 'secret', groups }));
  const env = { SHOPYARD_AUTH: 'required', SHOPYARD_PORT: String(port), SHOPYARD_OIDC_FILE: file };
  const server = await startServerProcess({ dataDir: dir.path, env: { ...env, SHOPYARD_PASSWORDS: 'off' } });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());

  provider.person = { sub: 'u1', preferred_username: 'ann', groups: [] };
  for (const look of LOOKS)
    await visitPage({ browser, url }, { ...look, tolerate: /401/ }, async (page) => {
      await page.getByRole('link', { name: 'Sign in with Keycloak' }).click();
      await page.getByText('You have no role here: ask an administrator to add you to a group or a team.').waitFor();
      await screenshot(page, `provider-${look.colorScheme}-${look.width}`);
    });
  await visitPage({ browser, url }, { tolerate: /401|Content Security Policy/ }, async (page) => {
    await page.getByRole('link', { name: 'Sign in with Keycloak' }).waitFor();
    expect(await findFaults(page)).toEqual([]);
  });
  provider.person = { sub: 'r1', preferred_username: 'root', groups: ['root'] };
  await visitPage({ browser, url }, { tolerate: /401/ }, async (page) => {
    const link = page.getByRole('link', { name: 'Sign in with Keycloak' });
    await link.waitFor();
    // By keyboard, as its first control.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    expect(page.url()).toBe(`${url}/`);
    await page.getByRole('button', { name: 'Signed in as root' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Signed in as root' }).waitFor();
  });
});
