import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));

test('never polls', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.tsx?$/.test(name),
  );
  expect(files.length).toBeGreaterThan(40);
  const polling = files.filter((name) => /refetchInterval|setInterval/.test(readFileSync(join(SOURCES, name), 'utf8')));
  // The only timer: the page's clock.
  expect(polling).toEqual([join('lib', 'use-now.ts')]);
});
