import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { engines } from '@shopyard/engines';
import { expect, onTestFinished, test } from 'vitest';
import type { ObservedPod } from '../domain/observation.ts';
import { createStoreAgents, type StoreAgents } from './store-agents.ts';

const STORE = { id: 's', namespace: 'store-a', engine: 'woocommerce' };

/** Creates agents for a store that answers only once it is released. `pods` are its observed pods. */
async function openAgents(): Promise<{
  agents: StoreAgents;
  pods: ObservedPod[];
  asked: Promise<unknown>;
  release: () => void;
}> {
  const held = Promise.withResolvers<undefined>();
  const server = createServer((_req, res) => void held.promise.then(() => res.end('whole'))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const pods = [{ name: 'wordpress-1', component: 'wordpress', ready: true, terminating: false }] as ObservedPod[];
  const agents = createStoreAgents({
    engines,
    dial: () => Promise.resolve(connect(port, '127.0.0.1')),
    podsOf: () => pods,
  });
  onTestFinished(() => {
    agents.close();
    server.closeAllConnections();
    server.close();
  });
  return { agents, pods, asked: once(server, 'request'), release: () => held.resolve(undefined) };
}

async function ask(agents: StoreAgents, connections: 'kept' | 'fresh'): Promise<string> {
  const agent = agents.agentFor(STORE, connections);
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
    const { agents, pods, asked, release } = await openAgents();
    const underWay = ask(agents, connections);
    await asked;
    seen(pods, { ready: false });
    expect(await ask(agents, connections)).toBe('closed');
    release();
    expect(await underWay).toBe('whole');
    seen(pods, { ready: true });
    expect(await ask(agents, connections)).toBe('whole');
  },
);

test('cuts off a request to a pod that is gone', async () => {
  const { agents, pods, asked } = await openAgents();
  const underWay = ask(agents, 'fresh');
  await asked;
  seen(pods, { name: 'wordpress-2' });
  agents.agentFor(STORE, 'fresh');
  expect(await underWay).toBe('cut off');
});
