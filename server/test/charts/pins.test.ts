/** charts/store/pins.yaml: a pin applies to exactly the image or the address that it was taken from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { toolsFor } from '../support/tools.ts';

const STORE = fileURLToPath(new URL('../../../charts/store', import.meta.url));
const pins = parse(readFileSync(join(STORE, 'pins.yaml'), 'utf8')) as Record<'woocommerce' | 'images', object>;
const values = parse(readFileSync(join(STORE, 'values.yaml'), 'utf8')) as {
  woocommerce: { url: string };
  wordpress: { image: { repository: string; tag: string } };
  mariadb: { image: { repository: string; tag: string } };
};

async function render(overrides: string): Promise<{ images: string[]; sha256: string }> {
  using dir = temporaryDir();
  const rendered = await toolsFor('/dev/null', dir.path).helm('template', 'x', STORE, '--set-json', overrides);
  return {
    images: [...new Set([...rendered.matchAll(/image: "(.*)"/g)].map(([, image]) => image ?? ''))].toSorted(),
    sha256: /WOOCOMMERCE_SHA256, value: "(.*)"/.exec(rendered)?.[1] ?? 'none',
  };
}

test('every default of the chart has a pin', () => {
  const images = [values.wordpress.image, values.mariadb.image];
  expect(Object.keys(pins.images).toSorted()).toEqual(
    images.map(({ repository, tag }) => `${repository}:${tag}`).toSorted(),
  );
  expect(Object.keys(pins.woocommerce)).toEqual([values.woocommerce.url]);
  for (const pin of [...Object.values(pins.images), ...Object.values(pins.woocommerce)])
    expect(pin).toMatch(/^(sha256:)?[0-9a-f]{64}$/);
});

const sha = 'a'.repeat(64);
test.each<[what: string, overrides: string, images: RegExp[], sha256: RegExp]>([
  ['the defaults', 'global.pinImages=true', [/^mariadb@sha256:2439/, /^wordpress@sha256:5a93/], /^da189b/],
  ['pinning off', 'global.pinImages=false', [/^mariadb:11\.8$/, /^wordpress:7\.1-php8\.3-apache$/], /^da189b/],
  [
    'another tag',
    'global.pinImages=true,wordpress.image.tag="7.2-apache"',
    [/^mariadb@/, /^wordpress:7\.2-apache$/],
    /./,
  ],
  [
    'a mirror of the images',
    'global={"pinImages":true,"imageRegistry":"r.example/"}',
    [/^r\.example\/mariadb:11\.8$/, /^r\.example\/wordpress:7/],
    /./,
  ],
  [
    'a digest of the store',
    `global.pinImages=true,wordpress.image.digest="sha256:${sha}"`,
    [/^mariadb@sha256:2439/, new RegExp(`^wordpress@sha256:${sha}$`)],
    /./,
  ],
  ['a mirror of WooCommerce', 'woocommerce.url="https://m.example/w.zip"', [/./, /./], /^$/],
  ['WooCommerce in the image', 'woocommerce.path="/opt/w.zip"', [/./, /./], /^$/],
  ['a checksum of the store', `woocommerce.sha256="${sha}"`, [/./, /./], new RegExp(`^${sha}$`)],
])('with %s only what is pinned is held to its pin', async (_what, overrides, images, sha256) => {
  const rendered = await render(overrides);
  expect(rendered.images).toEqual(images.map((pattern) => expect.stringMatching(pattern) as string));
  expect(rendered.sha256).toMatch(sha256);
});
