import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { differenceOf } from './published.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const PUBLISHED = {
  'shop.php': { sha256: sha256('<?php // shop') },
  // Two, where a release was made twice.
  'assets/shop.js': { sha256: [sha256('old'), sha256('new')] },
  'readme.txt': { sha256: sha256('as it was') },
};
const GOOD = { 'shop.php': '<?php // shop', 'assets/shop.js': 'new', 'readme.txt': 'as it is' };

test.each<[what: string, files: Record<string, string>, difference: string | undefined]>([
  ['all as published, a readme changed since', GOOD, undefined],
  ['another file', { ...GOOD, 'shop.php': '<?php // thief' }, 'holds another shop/shop.php than is published'],
  ['one more file', { ...GOOD, 'more.php': '' }, 'holds shop/more.php, which is not published'],
  [
    'one file less',
    { 'shop.php': GOOD['shop.php'], 'readme.txt': '' },
    'lacks shop/assets/shop.js, which is published',
  ],
])('a zip of a plugin: %s', async (_what, files, difference) => {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-published-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const zip = join(dir, 'shop.zip');
  const entries = Object.entries(files).map(([path, text]) => [`shop/${path}`, Buffer.from(text)]);
  writeFileSync(zip, zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>));
  const checksum = { url: '', of: 'plugin', plugin: 'shop' } as const;
  expect(await differenceOf(zip, checksum, JSON.stringify({ files: PUBLISHED }))).toBe(difference);
});
