import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect, createServer, type Server as NetServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { passRequest } from './pass-request.ts';

/** The store's reaction to a request. */
let behave: (socket: Socket) => void;
let store: NetServer;
let front: Server;

const portOf = (server: NetServer): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  store = createServer((socket) => {
    socket.on('error', () => undefined).once('data', () => behave(socket));
  }).listen(0, '127.0.0.1');
  front = createHttpServer((req, res) => passRequest({ host: '127.0.0.1', port: portOf(store) }, req, res));
  front.listen(0, '127.0.0.1');
  await Promise.all([once(store, 'listening'), once(front, 'listening')]);
});
afterAll(() => {
  store.close();
  front.closeAllConnections();
  front.close();
});

/** Status and text of the answer, or the error of the connection. */
async function ask(options: { path?: string; method?: string; body?: string } = {}): Promise<string> {
  const { path = '/', method = 'GET', body } = options;
  const outgoing = request({ host: '127.0.0.1', port: portOf(front), path, method, agent: false });
  outgoing.end(body);
  try {
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return `${response.statusCode} ${text}`.trim();
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

const answers =
  (...lines: string[]): ((socket: Socket) => void) =>
  (socket) =>
    void socket.end(lines.join('\r\n'), 'latin1');
const NO_ANSWER = '502 The store did not answer.';

describe('answers 502 if the store sends', () => {
  test.each([
    { what: 'status 000', lines: ['HTTP/1.1 000 Nothing', 'Content-Length: 0', '', ''] },
    { what: 'status 099', lines: ['HTTP/1.1 099 Low', 'Content-Length: 0', '', ''] },
    { what: 'status 600', lines: ['HTTP/1.1 600 High', 'Content-Length: 0', '', ''] },
    { what: 'status 999', lines: ['HTTP/1.1 999 Higher', 'Content-Length: 0', '', ''] },
    { what: 'another protocol', lines: ['HTTP/1.1 101 Switching', 'Connection: Upgrade', 'Upgrade: x', '', ''] },
    { what: 'a response that is not HTTP', lines: ['garbage', '', ''] },
    { what: 'nothing', lines: [''] },
    { what: 'half a head', lines: ['HTTP/1.1 200 OK', 'Content-Le'] },
    { what: 'only an early hint', lines: ['HTTP/1.1 103 Hints', '', ''] },
    { what: '20 kB of headers', lines: ['HTTP/1.1 200 OK', `X: ${'x'.repeat(20_000)}`, 'Content-Length: 0', '', ''] },
    { what: 'two lengths', lines: ['HTTP/1.1 200 OK', 'Content-Length: 1', 'Content-Length: 2', '', 'ab'] },
    {
      what: 'a length beside chunks',
      lines: ['HTTP/1.1 200 OK', 'Content-Length: 1', 'Transfer-Encoding: chunked', '', '0', '', ''],
    },
    { what: 'a control character in a header', lines: ['HTTP/1.1 200 OK', 'X: a\u0001b', 'Content-Length: 0', '', ''] },
  ])('$what', async ({ lines }) => {
    behave = answers(...lines);
    expect(await ask()).toBe(NO_ANSWER);
  });

  test.each([{ ms: 0 }, { ms: 2 }, { ms: 10 }, { ms: 50 }])('a reset after $ms ms', async ({ ms }) => {
    behave = (socket) => void setTimeout(() => socket.resetAndDestroy(), ms);
    expect(await ask()).toBe(NO_ANSWER);
    expect(await ask({ method: 'POST', body: 'x'.repeat(100_000) })).toBe(NO_ANSWER);
  });
});

describe('passes an answer on', () => {
  test.each([
    { what: 'unchanged', lines: ['HTTP/1.1 200 OK', 'Content-Length: 2', '', 'ok'], seen: '200 ok' },
    {
      what: 'after a hint',
      lines: ['HTTP/1.1 103 Hints', '', 'HTTP/1.1 200 OK', 'Content-Length: 2', '', 'ok'],
      seen: '200 ok',
    },
    { what: 'without its impossible body', lines: ['HTTP/1.1 204 None', 'Content-Length: 2', '', 'ok'], seen: '204' },
    {
      what: 'with bytes above ASCII',
      lines: ['HTTP/1.1 200 \u00e9', 'X: \u00ff', 'Content-Length: 2', '', 'ok'],
      seen: '200 ok',
    },
    {
      what: 'with the highest valid status',
      lines: ['HTTP/1.1 599 End', 'Content-Length: 2', '', 'ok'],
      seen: '599 ok',
    },
  ])('$what', async ({ lines, seen }) => {
    behave = answers(...lines);
    expect(await ask()).toBe(seen);
  });

  test.each([{ ms: 0 }, { ms: 2 }, { ms: 10 }, { ms: 50 }])(
    'and breaks off with it, $ms ms after its start',
    async ({ ms }) => {
      behave = (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
        setTimeout(() => socket.resetAndDestroy(), ms);
      };
      expect(await ask()).toMatch(/^(ECONNRESET|502 )/);
    },
  );
});

test('survives every byte in a path or header', async () => {
  behave = answers('HTTP/1.1 200 OK', 'Content-Length: 0', '', '');
  for (let byte = 0; byte < 256; byte++) {
    const char = String.fromCharCode(byte);
    for (const [path, value] of [
      [char, ''],
      ['', char],
    ]) {
      const socket = connect(portOf(front), '127.0.0.1').on('error', () => undefined);
      let answer = '';
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
      socket.end(`GET /${path} HTTP/1.1\r\nHost: x\r\nX: ${value}\r\nConnection: close\r\n\r\n`, 'latin1');
      await once(socket, 'close');
      expect(answer, `byte ${byte}`).toMatch(/^(HTTP\/1\.1 (200|400|502) |$)/);
    }
  }
  expect(await ask()).toBe('200');
});

test('ends the request to the store when the client disconnects', async () => {
  const left = Promise.withResolvers<void>();
  behave = (socket) => void socket.once('close', () => left.resolve());
  const client = request({ host: '127.0.0.1', port: portOf(front), agent: false }).on('error', () => undefined);
  client.end();
  await once(store, 'connection');
  client.destroy();
  await expect(left.promise).resolves.toBeUndefined();
});
