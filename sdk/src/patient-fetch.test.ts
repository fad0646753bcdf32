import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPatientFetch } from './patient-fetch.ts';

/** What the server says next; 200 after the last. */
let refusals: string[] = [];
let bodies: string[] = [];
let waits: number[] = [];
const server = createServer((req, res) => {
  let body = '';
  req.setEncoding('utf8').on('data', (text: string) => (body += text));
  req.on('end', () => {
    bodies.push(body);
    const after = refusals.shift();
    if (after === undefined) return void res.end('taken');
    res.writeHead(429, after === '' ? {} : { 'Retry-After': after }).end('too often');
  });
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // It listens on TCP.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => void server.close());
beforeEach(() => {
  [refusals, bodies, waits] = [[], [], []];
});

const patient = createPatientFetch((ms) => {
  waits.push(ms);
  return Promise.resolve();
});

test('waits as long as the server says, as often as it says so, and sends the same again', async () => {
  refusals = ['45', '2'];
  const change = { method: 'POST', body: 'a change' };
  const response = await patient(url, change);
  expect([response.status, await response.text()]).toEqual([200, 'taken']);
  expect([waits, bodies]).toEqual([
    [45_000, 2000],
    ['a change', 'a change', 'a change'],
  ]);
});

test('pauses for a second where the server asks for none', async () => {
  refusals = ['0'];
  expect((await patient(url)).status).toBe(200);
  expect(waits).toEqual([1000]);
});

test.each([
  { what: 'longer than a minute', after: '900' },
  { what: 'for an unknown time', after: '' },
])('leaves to the caller what would have to wait $what', async ({ after }) => {
  refusals = [after];
  expect((await patient(url)).status).toBe(429);
  expect([waits, bodies]).toEqual([[], ['']]);
});

test('waits no longer for a call that was taken back', async () => {
  refusals = ['60'];
  const taken = new AbortController();
  const answer = createPatientFetch()(url, { signal: taken.signal });
  await expect.poll(() => bodies.length).toBe(1);
  taken.abort(new Error('taken back'));
  await expect(answer).rejects.toThrow('taken back');
  expect(bodies).toHaveLength(1);
});
