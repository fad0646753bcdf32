import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { sandbox } from './sandbox.ts';

const OWN = { 'content-security-policy': "default-src *; script-src 'unsafe-inline'", 'x-frame-options': 'ALLOWALL' };

async function headersOf(answer: (res: ServerResponse) => unknown): Promise<Headers> {
  const server = createServer((_req, res) => {
    sandbox(res);
    answer(res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).headers;
  } finally {
    server.close();
  }
}

describe("sends both sandbox headers and the store's other headers", () => {
  test.each<{ way: string; answer: (res: ServerResponse) => unknown }>([
    { way: 'an object', answer: (res) => res.writeHead(200, { ...OWN, 'X-Kept': 'yes' }).end('x') },
    { way: 'a message and an object', answer: (res) => res.writeHead(200, 'Fine', { ...OWN, 'X-Kept': 'yes' }).end() },
    {
      way: 'a list',
      answer: (res) => res.writeHead(200, [...Object.entries(OWN).flat(), 'X-Kept', 'yes']).end('x'),
    },
    {
      way: 'single headers',
      answer(res) {
        for (const [name, value] of Object.entries({ ...OWN, 'X-Kept': 'yes' })) res.setHeader(name, value);
        res.end('x');
      },
    },
    {
      way: 'flushed headers',
      answer(res) {
        res.setHeaders(new Map(Object.entries({ ...OWN, 'X-Kept': 'yes' })));
        res.flushHeaders();
        res.end('x');
      },
    },
  ])('if the store writes $way', async ({ answer }) => {
    const headers = await headersOf(answer);
    expect(headers.get('content-security-policy')).toBe('sandbox');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-kept')).toBe('yes');
  });
});
