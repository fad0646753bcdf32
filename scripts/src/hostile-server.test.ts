/** Runs scripts against a server whose every text is hostile: control characters never reach the terminal. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CONDITION_TYPES } from '@shopyard/contracts';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';

const SCRIPTS = import.meta.dirname;
/** Erase a row, move up to the first one, clear below: the only sequences that the demo itself may send. */
const DEMO_SEQUENCES = new RegExp(String.raw`\u001B\[(?:2K|\d+A|J)`, 'g');
const CONTROL = /(?!\n)[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u;

const TEXTS = [
  'wordpress: \u001B]0;owned\u0007image',
  'a\u001B[2K\u001B[1Aalpha  Ready',
  'line\nforged-store             Ready         2/2  http://evil.example',
  'x\ry\bz\u009B31m\u009D0;t\u009C\u202E',
  ...fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), { numRuns: 200, seed: 14 }),
];

const storeOf = (text: string, index: number): object => ({
  id: `st_${index}`,
  name: `demo${text}`,
  namespace: text,
  engine: text,
  phase: text,
  reason: `Image${text}`,
  message: text,
  conditions: CONDITION_TYPES.map((type) => ({ type, status: 'False', reason: text, message: text })),
  url: `http://${text}`,
  pods: { ready: 0, total: 2 },
  createdAt: text,
});
const stores = TEXTS.map((text, index) => storeOf(text, index));
const ANSWERS: Readonly<Record<string, object | undefined>> = {
  'stores.list': { stores },
  'stores.create': stores[0],
  'platform.get': { engines: [{ id: 'an-engine', runs: 'real', components: [{ role: 'web', valuesKey: TEXTS[0] }] }] },
};

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((req, res) => {
    const path = req.url?.replace(/^\/trpc\//, '').replace(/\?.*/, '');
    const data = ANSWERS[path ?? ''];
    req.resume();
    res.setHeader('Content-Type', 'application/json');
    if (path === '/healthz') res.end('{}');
    else if (data) res.end(JSON.stringify({ result: { data } }));
    else {
      const error = { message: TEXTS.join(' '), code: -32600, data: { code: TEXTS[0], httpStatus: 400 } };
      res.writeHead(400).end(JSON.stringify({ error }));
    }
  });
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('message', (message: Buffer) => {
      if (message.toString() === 'PING') return;
      const { id, method, params } = JSON.parse(message.toString()) as {
        id: number;
        method: string;
        params?: { path: string };
      };
      if (method !== 'subscription') return;
      const send = (result: object): void => socket.send(JSON.stringify({ id, result }));
      send({ type: 'started' });
      const event = (data: object): void => send({ type: 'data', data: { id: '1', data } });
      if (params?.path === 'stores.watch') {
        event({ type: 'snapshot', stores });
        const changes = stores.map((store) => ({ type: 'store', store }));
        event({ type: 'changes', changes: [...changes, { type: 'removed', id: 'x', name: TEXTS.join('') }] });
      } else for (const store of [...stores, { ...storeOf(TEXTS.join(''), 0), phase: 'Failed' }]) event({ store });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The script's output until it matches `enough` or the script exits. */
async function outputOf(
  script: string,
  { args = [], isTTY = false, enough }: { args?: string[]; isTTY?: boolean; enough?: RegExp } = {},
): Promise<string> {
  const flags = isTTY ? ['--import', 'data:text/javascript,process.stdout.isTTY=true'] : [];
  const child = spawn(process.execPath, [...flags, join(SCRIPTS, script), ...args], {
    env: { ...process.env, SHOPYARD_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (enough?.test(output)) child.kill('SIGKILL');
    });
  await once(child, 'close');
  return output;
}

describe('prints no control characters except line breaks:', () => {
  test('list-stores', async () => {
    const output = await outputOf('list-stores.ts');
    expect(output).not.toMatch(CONTROL);
    expect(output.trimEnd().split('\n'), 'one line per store').toHaveLength(TEXTS.length);
    expect(output).toContain('wordpress: image');
  });

  test('watch-stores', async () => {
    const output = await outputOf('watch-stores.ts', { enough: / deleted\n$/ });
    expect(output).not.toMatch(CONTROL);
    expect(output.trimEnd().split('\n')).toHaveLength(2 * TEXTS.length + 1);
  });

  test('create-store', async () => {
    const output = await outputOf('create-store.ts', { args: ['alpha'] });
    expect(output).not.toMatch(CONTROL);
    expect(output.split('\n').length).toBeGreaterThan(TEXTS.length);
  });

  test('delete-store, for an unknown name and for a refused call', async () => {
    const unknown = await outputOf('delete-store.ts', { args: ['\u001B[31mx'] });
    expect(unknown).toContain('There is no store "x"');
    const refused = await outputOf('delete-store.ts', { args: ['st_0'] });
    expect(refused).toContain('wordpress: image');
    expect(unknown + refused).not.toMatch(CONTROL);
  });

  test.each([{ isTTY: true }, { isTTY: false }])(
    'the demo, except for its own sequences (isTTY: $isTTY)',
    async ({ isTTY }) => {
      const output = await outputOf('demo.ts', { args: ['2'], isTTY });
      expect(output).toContain("can't start: wordpress: image");
      if (isTTY) expect(output).toMatch(DEMO_SEQUENCES);
      expect(isTTY ? output.replaceAll(DEMO_SEQUENCES, '') : output).not.toMatch(CONTROL);
    },
  );
});

test('only the screen and the shared helpers write to the terminal', () => {
  const writers = globSync('**/*.ts', {
    cwd: SCRIPTS,
    exclude: ['**/*.test.ts', 'charts/**', 'docs/**', 'generate/**'],
  }).filter((file) => /\bstd(?:out|err)\b.*\.write\(|console\./.test(readFileSync(join(SCRIPTS, file), 'utf8')));
  expect(writers.toSorted()).toEqual(['demo/screen.ts', 'lib/script.ts']);
});
