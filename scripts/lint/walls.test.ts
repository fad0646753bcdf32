import { describe, expect, test } from 'vitest';
import { findCycles } from './find-cycles.ts';
import { findOldNames } from './find-old-names.ts';
import { findWallBreaches, type Walls } from './find-wall-breaches.ts';

const WALLS: Walls = {
  'contracts/src': [],
  'contracts/src/router': ['contracts/src'],
  'client/src': ['contracts/src'],
  'server/src/kit': [],
  'server/src/domain': ['contracts/src', 'contracts/src/router', 'server/src/kit'],
  'server/src/main': ['server/src/domain'],
};
const breaches = (file: string, text: string): string[] => findWallBreaches(new Map([[file, text]]), WALLS);

describe('findWallBreaches', () => {
  test.each([
    { what: 'its own room', file: 'server/src/kit/a.ts', text: "import { b } from './b.ts';" },
    { what: 'a room that its row names', file: 'server/src/domain/a.ts', text: "import { b } from '../kit/b.ts';" },
    {
      what: 'a package that its row names',
      file: 'server/src/domain/a.ts',
      text: "import '@shopyard/contracts/router';",
    },
    { what: 'a library', file: 'server/src/kit/a.ts', text: "import { z } from 'zod';" },
    { what: 'a file that is a room', file: 'server/src/main.ts', text: "import './domain/a.ts';" },
    { what: 'a comment that looks like one', file: 'server/src/kit/a.ts', text: "// import '../domain/a.ts'" },
  ])('allows $what', ({ file, text }) => {
    expect(breaches(file, text)).toEqual([]);
  });

  test.each([
    { what: 'another room', file: 'server/src/kit/a.ts', text: "import { b } from '../domain/b.ts';" },
    { what: 'a type of another room', file: 'server/src/kit/a.ts', text: "import type { B } from '../domain/b.ts';" },
    { what: 'an export from another room', file: 'server/src/kit/a.ts', text: "export * from '../domain/b.ts';" },
    { what: 'another room at run time', file: 'server/src/kit/a.ts', text: "await import('../domain/b.ts');" },
    {
      what: "a package's entry that its row does not name",
      file: 'client/src/a.ts',
      text: "import '@shopyard/contracts/router';",
    },
    { what: 'a package', file: 'server/src/kit/a.ts', text: "import type { C } from '@shopyard/contracts';" },
    { what: 'a folder without a row', file: 'server/src/kit/a.ts', text: "import '../other/b.ts';" },
    { what: 'anything from a folder without a row', file: 'server/src/other/a.ts', text: '' },
  ])('refuses $what', ({ file, text }) => {
    expect(breaches(file, text)).toHaveLength(1);
  });
});

describe('findCycles', () => {
  test('finds a cycle of type imports once, and none where there is none', () => {
    const cyclic = new Map([
      ['a.ts', "import type { B } from './b.ts';"],
      ['b.ts', "import { c } from './c.ts';"],
      ['c.ts', "import type { A } from './a.ts';"],
      ['d.ts', "import { a } from './a.ts';"],
    ]);
    expect(findCycles(cyclic)).toEqual(['a.ts → b.ts → c.ts → a.ts']);
    expect(findCycles(new Map([...cyclic, ['c.ts', '']]))).toEqual([]);
  });
});

describe('findOldNames', () => {
  test('reports the place and the name to use, and leaves longer names alone', () => {
    const sources = new Map([
      ['server/src/a.ts', 'const a = 1;\nfunction decideAction() {}\nconst decideActions = 2;'],
    ]);
    expect(findOldNames(sources)).toEqual(['server/src/a.ts:2: decideAction is called plan (docs/glossary.md)']);
  });
});
