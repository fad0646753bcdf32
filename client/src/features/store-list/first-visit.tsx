import type { Platform } from '@shopyard/contracts';
import { type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { IdempotencyKeys } from '../../lib/idempotency-keys.ts';
import { regionOf } from '../../lib/regions.ts';
import { useMay } from '../../live/caller.tsx';
import { useCreateStore } from '../../live/use-create-store.ts';
import { useOffline } from '../../live/use-offline.ts';
import styles from './first-visit.module.css';

const SAMPLES = [
  { name: 'harbor-coffee', title: 'Harbor Coffee' },
  { name: 'paper-and-ink', title: 'Paper & Ink' },
  { name: 'green-corner', title: 'The Green Corner' },
];

interface FirstVisitProps {
  platform: Platform | undefined;
  onCreate: () => void;
}

/** Shown while there are no stores: what is made, how long it takes, and how to begin. */
export function FirstVisit({ platform, onCreate }: FirstVisitProps): ReactNode {
  const { adding, addSamples } = useSamples(platform);
  const mayCreate = useMay('stores.create');
  return (
    <section className={styles.first} aria-label="Stores">
      <h2>No stores yet</h2>
      <p>
        A store is a complete online shop with its own storefront, admin pages, database and address. Customers can
        order {durationOf(platform)}.
      </p>
      {mayCreate ? (
        <Beginning adding={adding} onCreate={onCreate} onSamples={() => void addSamples()} />
      ) : (
        <p>You may look at stores here, not create them. Those of your teams will appear on this page.</p>
      )}
    </section>
  );
}

interface BeginningProps {
  adding: boolean;
  onCreate: () => void;
  onSamples: () => void;
}

function Beginning({ adding, onCreate, onSamples }: BeginningProps): ReactNode {
  const { offline, explanation } = useOffline();
  return (
    <>
      <p className={styles.actions}>
        <button type="button" data-kind="primary" onClick={onCreate}>
          Create the first store
        </button>
        <button type="button" disabled={adding || offline} {...explanation} onClick={onSamples}>
          Add 3 sample shops
        </button>
      </p>
      <p className={styles.samples}>
        The samples are {toList(SAMPLES.map(({ title }) => title))}. You can delete them at any time.
      </p>
    </>
  );
}

function toList(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
}

/** Measured: docs/performance.md has the embedded cluster's, a new image takes longer to arrive. */
function durationOf(platform: Platform | undefined): string {
  if (platform?.cluster.kind !== 'embedded') return 'after one to two minutes';
  const [engine] = platform.engines;
  if (engine?.runs === 'simulated') return 'after a few seconds';
  const first = engine?.notice === undefined ? 'half a minute' : 'a few minutes';
  return `after about 10 seconds, and after ${first} the first time`;
}

function useSamples(platform: Platform | undefined): { adding: boolean; addSamples: () => Promise<void> } {
  const create = useCreateStore();
  const [keys] = useState(() => new IdempotencyKeys());
  const [adding, setAdding] = useState(false);
  return {
    adding,
    async addSamples() {
      setAdding(true);
      const engine = platform?.engines[0];
      const { country = '', currency = '' } = { ...regionOf(navigator.languages), ...engine?.defaults };
      const outcomes = await Promise.all(
        SAMPLES.map(({ name, title }) => {
          const request = {
            name,
            ...(engine && { engine: engine.id }),
            values: { store: { title, country, currency } },
          };
          return create(request, keys.keyOf(request));
        }),
      );
      setAdding(false);
      for (const outcome of outcomes) if ('message' in outcome) toast.error(outcome.message);
    },
  };
}
