import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { refreshApplication } from './application.ts';

function folders(): { ours: string; installed: string } {
  const dir = mkdtempSync(join(tmpdir(), 'shopyard-application-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const ours = join(dir, 'ours');
  const installed = join(dir, 'installed');
  for (const folder of [ours, installed]) {
    mkdirSync(join(folder, 'src'), { recursive: true });
    for (const name of ['package-lock.json', 'package.json', 'embedded.ts', 'medusa-config.js', 'src/a.ts'])
      writeFileSync(join(folder, name), name);
  }
  return { ours, installed };
}

test('brings our code into an application with the same packages, and takes out what is no longer ours', () => {
  const { ours, installed } = folders();
  writeFileSync(join(ours, 'src/a.ts'), 'newer');
  writeFileSync(join(installed, 'src/old.ts'), 'old');
  expect(refreshApplication(installed, ours)).toBeUndefined();
  expect(readFileSync(join(installed, 'src/a.ts'), 'utf8')).toBe('newer');
  expect(existsSync(join(installed, 'src/old.ts'))).toBe(false);
});

test('refuses an application with other packages, and one that is not there, with the remedy', () => {
  const { ours, installed } = folders();
  writeFileSync(join(installed, 'package-lock.json'), 'another');
  expect(refreshApplication(installed, ours)).toMatch(/another version.*npm run install-medusa/);
  expect(refreshApplication(join(installed, 'none'), ours)).toMatch(/not installed.*npm run install-medusa/);
});
