/** Prometheus metrics. */
import type { Store } from '@shopyard/contracts';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  helmOperation(operation: string, milliseconds: number): void;
}

export function createMetrics(sources: {
  stores: () => Store[];
  subscribers: () => number;
  synced: () => boolean;
}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const helm = new Histogram({
    name: 'shopyard_helm_operation_seconds',
    help: 'Duration of helm operations.',
    labelNames: ['operation'],
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120],
    registers: [registry],
  });
  registry.registerMetric(
    new Gauge({
      name: 'shopyard_stores',
      help: 'Stores by phase.',
      labelNames: ['phase'],
      registers: [],
      collect() {
        this.reset();
        for (const { phase } of sources.stores()) this.inc({ phase });
      },
    }),
  );
  const gauge = (name: string, help: string, read: () => number): void =>
    registry.registerMetric(new Gauge({ name, help, registers: [], collect() { this.set(read()); } })); // prettier-ignore
  gauge('shopyard_subscribers', 'Open subscriptions to the list of stores.', sources.subscribers);
  gauge('shopyard_watches_synced', '1 while all watches are connected.', () => (sources.synced() ? 1 : 0));
  return { registry, helmOperation: (operation, ms) => helm.observe({ operation }, ms / 1000) };
}
