import { describe, expect, test } from 'vitest';
import { composeLambdas } from './rules/compose-lambdas.ts';
import { engineWords } from './rules/engine-words.ts';
import { fileLength } from './rules/file-length.ts';
import { findEntryLeaks } from './rules/find-entry-leaks.ts';
import { moduleState } from './rules/module-state.ts';
import { oldPhrases } from './rules/old-phrases.ts';
import { oldWords } from './rules/old-words.ts';
import { optionFields } from './rules/option-fields.ts';
import { pureRooms } from './rules/pure-rooms.ts';
import { reasonedCasts } from './rules/reasoned-casts.ts';
import { storageOnly } from './rules/storage-only.ts';
import { parseSource, type Rule } from './source.ts';

interface Case {
  what: string;
  text: string;
  file?: string;
}

const lines = (count: number): string => 'f();\n'.repeat(count);
const fields = (count: number): string => Array.from({ length: count }, (_, index) => `a${index}: string;`).join(' ');

/** Each case as the only source, by default in a file that all rules look at. */
function specify(rule: Rule, home: string, cases: { allows: Case[]; refuses: Case[] }): void {
  const check = ({ file = home, text }: Case): string[] => rule(parseSource(file, text));
  test.each(cases.allows)('allows $what', (allowed) => expect(check(allowed)).toEqual([]));
  test.each(cases.refuses)('refuses $what', (refused) => expect(check(refused)).toHaveLength(1));
}

describe('engineWords', () => {
  specify(engineWords, 'server/src/domain/a.ts', {
    allows: [
      { what: 'English', text: "const isSetUp = 'it is set up';" },
      {
        what: "Kubernetes' and reasons' names",
        text: "const a = { CronJob: 'cronjobs', SetupFailed: 'SetupRetrying' };",
      },
      { what: 'a comment', text: '/** Not WordPress alone. */ f();' },
      { what: 'the folder of an engine', text: "f('mariadb');", file: 'engines/src/woocommerce/a.ts' },
      { what: 'an exception', text: "f('wordpress');", file: 'server/src/config/old-names.ts' },
    ],
    refuses: [
      { what: 'a name', text: "f('data-mariadb-0');" },
      { what: 'a name in a template', text: 'f(`Deployment/wordpress of ${a}`);' },
      { what: 'text for people', text: "f('No WordPress pod is ready');" },
      { what: 'a key', text: 'const a = { setup: 1 };' },
      { what: 'a part of an identifier', text: 'deleteSetupJobs();' },
      { what: 'text of the dashboard', text: 'const a = <p>Runs WordPress</p>;', file: 'client/src/a.tsx' },
      { what: 'an exception that is not needed', text: 'f();', file: 'server/src/config/old-names.ts' },
    ],
  });
});

describe('fileLength', () => {
  specify(fileLength, 'server/src/compose/a.ts', {
    allows: [
      { what: '80 lines in compose', text: lines(80) },
      { what: '250 lines elsewhere', text: lines(250), file: 'server/src/kit/a.ts' },
    ],
    refuses: [
      { what: '81 lines in compose', text: lines(81) },
      { what: '251 lines elsewhere', text: lines(251), file: 'server/src/kit/a.ts' },
    ],
  });
});

describe('optionFields', () => {
  specify(optionFields, 'server/src/kit/a.ts', {
    allows: [
      { what: 'six fields', text: `interface WatchOptions { ${fields(6)} }` },
      { what: 'a record with more', text: `interface Store { ${fields(7)} }` },
      { what: 'a group of fields', text: `interface WatchOptions { ${fields(5)} group: { ${fields(5)} } }` },
    ],
    refuses: [
      { what: 'seven fields of an interface', text: `interface WatchOptions { ${fields(7)} }` },
      { what: 'seven fields of a type', text: `type ActionContext = { ${fields(7)} };` },
      { what: 'seven fields of a parameter', text: `function f({ a0 }: { ${fields(7)} }) {}` },
      { what: 'methods as fields', text: `interface WatchOptions { ${fields(6)} on(): void }` },
    ],
  });
});

describe('composeLambdas', () => {
  specify(composeLambdas, 'server/src/compose/a.ts', {
    allows: [
      { what: 'a call of a member', text: 'f(() => x.y(), (id) => wakes.store.add(id), () => void f());' },
      { what: 'reading a member', text: 'f(() => x.y);' },
      { what: 'functions with a name', text: 'function connect() { return a ? b : c; }' },
      { what: 'logic in a room', text: 'f(() => (a ? b : c));', file: 'server/src/kit/a.ts' },
    ],
    refuses: [
      { what: 'a condition', text: 'f(() => (a ? b : c));' },
      { what: 'a default', text: 'f((id) => visits.get(id) ?? 0);' },
      { what: 'a block', text: 'f(() => { x.y(); });' },
      { what: 'making an object', text: 'f(() => ({ a }));' },
      { what: 'an argument that is computed', text: 'f((ms) => x.y(ms / 1000));' },
      { what: 'a method with logic in an object', text: 'f({ close() { a(); b(); } });' },
    ],
  });
});

describe('pureRooms', () => {
  specify(pureRooms, 'server/src/domain/a.ts', {
    allows: [
      { what: 'the hash', text: "import { createHash } from 'node:crypto';" },
      { what: 'a date that is given', text: 'const at = new Date(text);' },
      { what: 'waiting elsewhere', text: 'async function f() { await g(); }', file: 'server/src/kit/a.ts' },
      { what: 'an engine that waits for what it asks', text: 'async (ask: Ask) => {};', file: 'engines/src/a.ts' },
    ],
    refuses: [
      { what: 'another module of node', text: "import { readFileSync } from 'node:fs';" },
      { what: 'random bytes', text: "import { createHash, randomBytes } from 'node:crypto';" },
      { what: 'an async function', text: 'async function f() {}' },
      { what: 'the clock', text: 'const now = Date.now();' },
      { what: 'the time of a new date', text: 'const now = new Date();' },
      { what: 'chance', text: 'const x = Math.random();' },
      { what: 'a timer', text: 'setTimeout(f, 1);' },
      { what: 'the environment', text: "const x = process.env['X'];" },
      { what: 'an engine that waits for anything else', text: 'async () => {};', file: 'engines/src/a.ts' },
    ],
  });
});

describe('reasonedCasts', () => {
  specify(reasonedCasts, 'server/src/kit/a.ts', {
    allows: [
      {
        what: '`as const`, `satisfies` and names of imports',
        text: 'import { a as b } from "c"; f(b as const satisfies D);',
      },
      { what: 'a function that parses', text: 'function parseRow(text: string) { return JSON.parse(text) as Row; }' },
      { what: 'a reason on the line', text: 'const a = b as C; // The table has one.' },
      { what: 'a reason above', text: '/** The table has one. */\nconst a = b as C;' },
      { what: 'a reason above the statement', text: '// The table has one.\nconst a = f(\n  b as C,\n);' },
    ],
    refuses: [
      { what: '`as` without a reason', text: 'const a = b as C;' },
      { what: 'two at once', text: 'const a = b as unknown as C;' },
      { what: 'a comment further up', text: '// The table has one.\n\nconst a = b as C;' },
      { what: 'one in a function of another name', text: 'const toRow = (text: string) => JSON.parse(text) as Row;' },
    ],
  });
});

describe('moduleState', () => {
  specify(moduleState, 'server/src/kit/a.ts', {
    allows: [
      { what: 'a table that is only read', text: 'export const A = new Map([["a", 1]]); export const b = A.get("a");' },
      { what: 'state of an instance', text: 'export class A { #b = new Map(); set() { this.#b.set(1, 2); } }' },
      { what: 'state of a closure', text: 'export function f() { let n = 0; return () => n++; }' },
      { what: 'a program, which exports nothing', text: 'let n = 0; n += 1;' },
    ],
    refuses: [
      { what: '`let`', text: 'export let n = 0;' },
      { what: 'a map that is filled', text: 'const a = new Map(); export const f = () => a.set(1, 2);' },
      { what: 'a list that grows', text: 'const a: string[] = []; export const f = () => a.push("b");' },
      { what: 'an object that is assigned to', text: 'export const a = { n: 0 }; export const f = () => (a.n += 1);' },
    ],
  });
});

describe('oldWords', () => {
  specify(oldWords, 'server/src/kit/a.ts', {
    allows: [
      { what: 'a longer word', text: 'const dashboard = 1; const investigate = 2;' },
      { what: 'text', text: "const a = 'board'; // told" },
      { what: 'a name that the API keeps', text: 'const { timeline } = await api.stores.timeline();' },
      { what: 'an exception', text: "params.get('ticked');", file: 'client/src/features/store-list/selection.ts' },
    ],
    refuses: [
      { what: 'a variable', text: 'const board = 1;' },
      { what: 'a part of a type', text: 'interface StoreDoor {}' },
      { what: 'a private field', text: 'class A { #told = 1; }' },
      { what: 'a longer form of a name that the API keeps', text: 'const timelineOf = 1;' },
      { what: 'a constant', text: 'const OLD_BOARD = 1;' },
      { what: 'a property', text: 'f({ ticked: 1 });' },
    ],
  });
});

describe('oldPhrases', () => {
  specify(oldPhrases, 'client/src/app/a.tsx', {
    allows: [
      { what: 'a longer word', text: "const a = 'No ticket was sent, and no amendment';" },
      { what: 'a parameter', text: "params.get('ticked');" },
      { what: 'a comment', text: '// The store is created anew.' },
    ],
    refuses: [
      { what: 'a string', text: "const a = 'Call off the creation';" },
      { what: 'a part of a template', text: 'const a = `${pod} fits on no node: ${why}`;' },
      { what: 'the text of an element', text: 'const a = <p>No store\n fits.</p>;' },
    ],
  });
});

describe('storageOnly', () => {
  specify(storageOnly, 'server/src/app/a.ts', {
    allows: [{ what: 'SQLite', text: "import type { Kysely } from 'kysely';", file: 'server/src/storage/sqlite/a.ts' }],
    refuses: [
      { what: 'every other room', text: "import type { Kysely } from 'kysely';" },
      { what: 'the interface', text: "import type { Kysely } from 'kysely';", file: 'server/src/storage/a.ts' },
    ],
  });
});

describe('findEntryLeaks', () => {
  const leaks = (files: Record<string, string>): string[] =>
    findEntryLeaks(new Map(Object.entries(files).map(([file, text]) => [file, parseSource(file, text)])));

  test('allows schemas, and types of the router', () => {
    const files = {
      'contracts/src/index.ts': "export * from './store.ts'; export type { AppRouter } from './router.ts';",
      'contracts/src/store.ts': "import { z } from 'zod'; import type { T } from '@trpc/server';",
      'contracts/src/router.ts': "import '@trpc/server';",
    };
    expect(leaks(files)).toEqual([]);
  });

  test('refuses the ports, and a server package that another file brings', () => {
    const files = {
      'contracts/src/index.ts': "export * from './services.ts'; export * from './store.ts';",
      'contracts/src/store.ts': "import { type T } from '@trpc/server';",
    };
    expect(leaks(files)).toEqual([
      'contracts/src/index.ts:1: ./services.ts reaches browsers through contracts/src/index.ts',
      'contracts/src/store.ts:1: @trpc/server reaches browsers through contracts/src/index.ts',
    ]);
  });
});
