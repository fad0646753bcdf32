import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { formatKey } from './shortcuts.ts';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));
/** Keys that people know from every menu and every editor. */
const OWN_KEYS = new Set(['ui/menu.tsx', 'features/settings/yaml-editor.tsx']);

test.each([
  { key: 'mod+k', platform: 'MacIntel', text: '⌘K' },
  { key: 'mod+k', platform: 'Linux x86_64', text: 'Ctrl K' },
  { key: ' ', platform: '', text: 'Space' },
  { key: 'ArrowDown', platform: '', text: '↓' },
  { key: 'n', platform: '', text: 'n' },
])('prints $key as $text on "$platform"', ({ key, platform, text }) => expect(formatKey(key, platform)).toBe(text));

test('whatever acts on keys takes them from the list that the help shows', () => {
  const acting = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.tsx?$/.test(name) && !OWN_KEYS.has(name))
    .map((name) => ({ name, text: readFileSync(join(SOURCES, name), 'utf8') }))
    .filter(({ text }) => /\b(event|nativeEvent)\.(key|code)\b|keymap\.of/.test(text));
  expect(acting.length).toBeGreaterThan(4);
  const unlisted = acting.filter(({ text }) => !/\bKeyOf\b/.test(text)).map(({ name }) => name);
  expect(unlisted).toEqual([]);
});
