import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('accepts upgrades in only one file of the package', () => {
  const root = join(import.meta.dirname, '../..', 'src');
  const handling = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) =>
      /\.(on|once|addListener|prependListener)\(\s*['"`]upgrade/.test(readFileSync(join(root, file), 'utf8')),
    );
  expect(handling).toEqual(['apiserver/on-upgrade.ts']);
});
