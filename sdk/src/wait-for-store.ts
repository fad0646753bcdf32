import type { Store } from '@shopyard/contracts';
import type { Api } from './connect.ts';

/**
 * Calls `until` with the store whenever its phase or message changes, until it returns true. Resolves with the store, or
 * with `undefined` if the store was deleted.
 */
export function waitForStore({ trpc }: Api, id: string, until: (store: Store) => boolean): Promise<Store | undefined> {
  return new Promise((resolve, reject) => {
    let last = '';
    const subscription = trpc.stores.watchOne.subscribe(
      { id },
      {
        onData({ data }) {
          if (data.type === 'removed') return finish(undefined);
          const { store } = data;
          const now = `${store.phase} ${store.message ?? ''}`;
          if (now === last) return;
          last = now;
          if (until(store)) finish(store);
        },
        onError(error) {
          if (error.data?.httpStatus === 404) finish(undefined);
          else reject(error);
        },
      },
    );
    const finish = (store: Store | undefined): void => {
      subscription.unsubscribe();
      resolve(store);
    };
  });
}
