/** Prometheus metrics. */
import type { Store } from '@shopyard/contracts';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface MetricsSources {
  liveStores: { list(): Store[] };
  hub: { readonly subscribers: number };
  watch: { health(): { synced: boolean } };
}

export interface Metrics {
  registry: Registry;
  helmOperation: (operation: string, milliseconds: number) => void;
  /** Adds the gauges that read these. */
  observe: (sources: MetricsSources) => void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const helm = new Histogram({
    name: 'shopyard_helm_operation_seconds',
    help: 'Duration of helm operations.',
    labelNames: ['operation'],
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120],
    registers: [registry],
  });
  return {
    registry,
    helmOperation: (operation, ms) => helm.observe({ operation }, ms / 1000),
    observe: (sources) => addGauges(registry, sources),
  };
}

function addGauges(registry: Registry, sources: MetricsSources): void {
  registry.registerMetric(
    new Gauge({
      name: 'shopyard_stores',
      help: 'Stores by phase.',
      labelNames: ['phase'],
      registers: [],
      collect() {
        this.reset();
        for (const { phase } of sources.liveStores.list()) this.inc({ phase });
      },
    }),
  );
  const gauge = (name: string, help: string, read: () => number): void =>
    registry.registerMetric(new Gauge({ name, help, registers: [], collect() { this.set(read()); } })); // prettier-ignore
  gauge('shopyard_subscribers', 'Open subscriptions to the list of stores.', () => sources.hub.subscribers);
  gauge('shopyard_watches_synced', '1 while all watches are connected.', () => (sources.watch.health().synced ? 1 : 0));
}
