import { expect, test } from 'vitest';
import { findLostPaths } from './find-lost-paths.ts';

const files = new Set(['client/src/main.tsx', 'server/src/domain/phase.ts', 'server/src/domain']);
const tree = {
  roots: new Map([
    ['client', ''],
    ['domain', 'server/src/'],
  ]),
  exists: (path: string) => files.has(path),
};
const lost = (text: string): string[] => findLostPaths(new Map([['docs/a.md', text]]), tree);

test.each([
  { name: 'a file of the repository', text: 'see `client/src/main.tsx`' },
  { name: 'a file below server/src', text: 'see `domain/phase.ts`' },
  { name: 'a path in a cluster or an address', text: '`/stores/ID`, `apps/v1`, `kube-system/coredns`' },
  { name: 'a path outside backquotes', text: 'client/src/old.tsx' },
])('accepts $name', ({ text }) => {
  expect(lost(text)).toEqual([]);
});

test.each([
  { name: 'a file that has moved', text: 'see `client/src/old.tsx`', path: 'client/src/old.tsx' },
  { name: 'a file that has moved below server/src', text: 'see `domain/old.ts`', path: 'server/src/domain/old.ts' },
  { name: 'a folder that is gone', text: 'see `domain/diagnoses/`', path: 'server/src/domain/diagnoses' },
])('reports $name', ({ text, path }) => {
  expect(lost(text)).toEqual([`docs/a.md: there is no ${path}`]);
});
