import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { engines } from '@shopyard/engines';
import { expect, onTestFinished, test } from 'vitest';
import type { ObservedPod } from '../domain/observation.ts';
import { createStoreGate, type StoreGate } from './store-gate.ts';

const STORE = { id: 's', namespace: 'store-a', engine: 'woocommerce' };

/** Opens a gate to a store that answers only once it is released. `pods` are its observed pods. */
async function openGate(): Promise<{
  gate: StoreGate;
  pods: ObservedPod[];
  asked: Promise<unknown>;
  release: () => void;
}> {
  const held = Promise.withResolvers<undefined>();
  const server = createServer((_req, res) => void held.promise.then(() => res.end('whole'))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const pods = [{ name: 'wordpress-1', component: 'wordpress', ready: true, terminating: false }] as ObservedPod[];
  const gate = createStoreGate({
    engines,
    dial: () => Promise.resolve(connect(port, '127.0.0.1')),
    podsOf: () => pods,
  });
  onTestFinished(() => {
    gate.close();
    server.closeAllConnections();
    server.close();
  });
  return { gate, pods, asked: once(server, 'request'), release: () => held.resolve(undefined) };
}

async function ask(gate: StoreGate, connections: 'kept' | 'fresh'): Promise<string> {
  const agent = gate.agentFor(STORE, connections);
  if (!agent) return 'closed';
  const outgoing = request({ agent, method: 'GET', path: '/' }).end();
  try {
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return text;
  } catch {
    return 'cut off';
  }
}

const seen = (pods: ObservedPod[], change: Partial<ObservedPod>): void => {
  pods[0] = { ...(pods[0] as ObservedPod), ...change };
};

test.each(['kept', 'fresh'] as const)(
  'a request on a %s connection continues while its pod is unready, and no other starts',
  async (connections) => {
    const { gate, pods, asked, release } = await openGate();
    const underWay = ask(gate, connections);
    await asked;
    seen(pods, { ready: false });
    expect(await ask(gate, connections)).toBe('closed');
    release();
    expect(await underWay).toBe('whole');
    seen(pods, { ready: true });
    expect(await ask(gate, connections)).toBe('whole');
  },
);

test('cuts off a request to a pod that is gone', async () => {
  const { gate, pods, asked } = await openGate();
  const underWay = ask(gate, 'fresh');
  await asked;
  seen(pods, { name: 'wordpress-2' });
  gate.agentFor(STORE, 'fresh');
  expect(await underWay).toBe('cut off');
});
