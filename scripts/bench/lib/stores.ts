/** Creates many stores at once on the measured server. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@shopyard/sdk';
import type { BenchServer } from './server.ts';

export async function createStores({ url }: BenchServer, count: number): Promise<void> {
  await using api = connect(url);
  await Promise.all(
    Array.from({ length: count }, (_, index) => api.trpc.stores.create.mutate({ name: `bench-${index}` })),
  );
}

export async function untilReady({ url }: BenchServer, count: number): Promise<void> {
  const ready = async (): Promise<number> => {
    // The server under test returns this.
    const { stores } = (await (await fetch(`${url}/stores`)).json()) as { stores: { phase: string }[] };
    return stores.filter(({ phase }) => phase === 'Ready').length;
  };
  // Each check costs a list of all stores.
  while ((await ready()) < count) await sleep(Math.max(100, count));
}
