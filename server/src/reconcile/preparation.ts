/** Prepares the cluster once before the first store is reconciled. Retries until it succeeds. */
import type { Logger } from 'pino';
import type { Clock } from '../kit/clock.ts';
import type { MovedReleases } from '../cluster/move-releases.ts';
import type { StoreSpec } from '../domain/store.ts';
import { tryUntilDone } from './try-until-done.ts';

const SHOWN = 5;

export interface PreparationOptions {
  listStores: () => Promise<StoreSpec[]>;
  /** See move-releases.ts. */
  moveReleases: (namespaces: string[]) => Promise<MovedReleases>;
  /** See store-role.ts; absent if the account needs no bindings. */
  bindStoreRoles: ((stores: StoreSpec[]) => Promise<void>) | undefined;
  /** See pin-charts.ts. */
  pinCharts: () => Promise<void>;
  log: Logger;
  clock: Clock;
}

export interface Preparation {
  /** Prepares these stores now. Throws ClusterError. */
  prepare(stores: StoreSpec[]): Promise<void>;
  /** Resolves once everything is prepared, or on `close`. */
  run(): Promise<void>;
  close(): void;
}

export function createPreparation(options: PreparationOptions): Preparation {
  const { log, clock } = options;
  const stop = new AbortController();
  const { signal } = stop;

  async function prepare(stores: StoreSpec[]): Promise<void> {
    await options.bindStoreRoles?.(stores);
    report(log, await options.moveReleases(stores.map(({ namespace }) => namespace)));
  }

  return {
    prepare,
    async run() {
      const trouble = 'the cluster could not be prepared; trying again';
      const prepareAll = async (): Promise<void> => {
        await prepare(await options.listStores());
        await options.pinCharts();
      };
      await tryUntilDone(prepareAll, { log, clock, signal, trouble });
    },
    close: () => stop.abort(),
  };
}

/** Logs once what the operator has to do. */
function report(log: Logger, { moved, reinstalled, unknown }: MovedReleases): void {
  if (moved > 0) log.info(`moved ${moved} release records of helm from Secrets to ConfigMaps`);
  if (reinstalled.length > 0)
    log.warn(
      `${list(reinstalled)} had their releases reinstalled: their earlier helm history stays in Secrets labelled owner=helm and is no longer used`,
    );
  if (unknown.length > 0)
    log.warn(
      `${list(unknown)} have no helm release in a ConfigMap, and this account may not look for one in Secrets. If an earlier version of Shopyard installed them, move their releases with an administrator's kubeconfig: KUBECONFIG=FILE npm run move-releases`,
    );
}

function list(namespaces: string[]): string {
  const more = namespaces.length > SHOWN ? ` and ${namespaces.length - SHOWN} more` : '';
  return `${namespaces.slice(0, SHOWN).join(', ')}${more}`;
}
