/** charts/woocommerce/pins.yaml: a pin applies to exactly the image or the address that it was taken from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDir } from '@shopyard/testkit';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { toolsFor } from '../support/tools.ts';

const WOOCOMMERCE = fileURLToPath(new URL('../../../charts/woocommerce', import.meta.url));
const pins = parse(readFileSync(join(WOOCOMMERCE, 'pins.yaml'), 'utf8')) as Record<'woocommerce' | 'images', object>;
const values = parse(readFileSync(join(WOOCOMMERCE, 'values.yaml'), 'utf8')) as {
  woocommerce: { url: string };
  wordpress: { image: { repository: string; tag: string } };
  mariadb: { image: { repository: string; tag: string } };
};

async function render(overrides: string): Promise<{ images: string[]; sha256: string }> {
  using dir = temporaryDir();
  const rendered = await toolsFor('/dev/null', dir.path).helm('template', 'x', WOOCOMMERCE, '--set-json', overrides);
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
test.each<{ what: string; overrides: string; images: RegExp[]; sha256: RegExp }>([
  {
    what: 'the defaults',
    overrides: 'global.pinImages=true',
    images: [/^mariadb@sha256:2439/, /^wordpress@sha256:5a93/],
    sha256: /^da189b/,
  },
  {
    what: 'pinning off',
    overrides: 'global.pinImages=false',
    images: [/^mariadb:11\.8$/, /^wordpress:7\.1-php8\.3-apache$/],
    sha256: /^da189b/,
  },
  {
    what: 'another tag',
    overrides: 'global.pinImages=true,wordpress.image.tag="7.2-apache"',
    images: [/^mariadb@/, /^wordpress:7\.2-apache$/],
    sha256: /./,
  },
  {
    what: 'a mirror of the images',
    overrides: 'global={"pinImages":true,"imageRegistry":"r.example/"}',
    images: [/^r\.example\/mariadb:11\.8$/, /^r\.example\/wordpress:7/],
    sha256: /./,
  },
  {
    what: 'a digest of the store',
    overrides: `global.pinImages=true,wordpress.image.digest="sha256:${sha}"`,
    images: [/^mariadb@sha256:2439/, new RegExp(`^wordpress@sha256:${sha}$`)],
    sha256: /./,
  },
  {
    what: 'a mirror of WooCommerce',
    overrides: 'woocommerce.url="https://m.example/w.zip"',
    images: [/./, /./],
    sha256: /^$/,
  },
  { what: 'WooCommerce in the image', overrides: 'woocommerce.path="/opt/w.zip"', images: [/./, /./], sha256: /^$/ },
  {
    what: 'a checksum of the store',
    overrides: `woocommerce.sha256="${sha}"`,
    images: [/./, /./],
    sha256: new RegExp(`^${sha}$`),
  },
])('pins only images and addresses that have a pin, with $what', async ({ overrides, images, sha256 }) => {
  const rendered = await render(overrides);
  expect(rendered.images).toEqual(images.map((pattern) => expect.stringMatching(pattern) as string));
  expect(rendered.sha256).toMatch(sha256);
});
