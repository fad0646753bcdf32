/** Response formats, as recorded from an API server of Kubernetes 1.34. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../support/simulator.ts';

const LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const ITEM = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ speed: 0 });
});
afterAll(() => simulator.close());

async function get(path: string, accept: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(simulator.url + path, { headers: { Accept: accept } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('an empty metadata list has null items, a plain one an empty array', async () => {
  expect((await get('/api/v1/secrets', LIST)).body).toMatchObject({ kind: 'PartialObjectMetadataList', items: null });
  expect((await get('/api/v1/secrets', 'application/json')).body).toMatchObject({ kind: 'SecretList', items: [] });
});

test('answers 406 to a list requested as an object and vice versa', async () => {
  expect(await get('/api/v1/namespaces', ITEM)).toMatchObject({ status: 406, body: { reason: 'NotAcceptable' } });
  expect(await get('/api/v1/namespaces/default', LIST)).toMatchObject({
    status: 406,
    body: { reason: 'NotAcceptable' },
  });
  expect((await get('/api/v1/namespaces/default', ITEM)).body).not.toHaveProperty('spec');
});

test('a watch requested as a list ends silently; requested as an item it sends events', async () => {
  const watch = (accept: string, signal?: AbortSignal): Promise<Response> =>
    fetch(`${simulator.url}/api/v1/namespaces?watch=true`, {
      headers: { Accept: accept },
      ...(signal ? { signal } : {}),
    });
  expect(await (await watch(LIST)).text()).toBe('');
  const abort = new AbortController();
  const { value } = (await (await watch(ITEM, abort.signal)).body?.getReader().read()) ?? {};
  abort.abort();
  const [first = ''] = Buffer.from(value ?? [])
    .toString()
    .split('\n');
  expect(JSON.parse(first)).toMatchObject({ type: 'ADDED', object: { kind: 'PartialObjectMetadata' } });
});
