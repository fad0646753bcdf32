import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServerProcess, temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { socketsIn } from './embedded-cluster.ts';

test("puts stores' sockets in the data directory, as deep as macOS allows", () => {
  const deepest = `/${'d'.repeat(89)}`;
  expect(socketsIn(deepest)).toBe(`${deepest}/run`);
  expect(() => socketsIn(`${deepest}d`)).toThrow('has 91 bytes, and the limit is 90');
  expect(() => socketsIn(`/${'ü'.repeat(60)}`), 'counts bytes, not characters').toThrow('has 121 bytes');
});

test('refuses to start in a data directory too deep for sockets, and names the variable to change', async () => {
  using dir = temporaryDir();
  const dataDir = join(dir.path, 'd'.repeat(100));
  const zip = join(dir.path, 'code.zip');
  mkdirSync(dataDir);
  writeFileSync(zip, '');
  const env = { SHOPYARD_EMBEDDED_STORES: 'real', SHOPYARD_WORDPRESS_ZIP: zip, SHOPYARD_WOOCOMMERCE_ZIP: zip };
  await expect(startServerProcess({ dataDir, env })).rejects.toThrow(
    /ended with 1 .*\nshopyard: SHOPYARD_DATA_DIR is too deep for the sockets of embedded stores: .* set it to a shorter path\n$/,
  );
  // Simulated stores have no sockets.
  await using server = await startServerProcess({ dataDir });
  expect(server.url).toMatch(/^http/);
});
