/** Where stores open. The port is known only once the server listens. */
import type { PlatformLayers } from '../chart/platform-values.ts';
import { type Addressee, storeUrlOf } from './store-url.ts';

export interface AddressesOptions {
  /** Stores are `https://NAME.DOMAIN`; without it `http://NAME.localhost:PORT`. */
  domain?: string | undefined;
  /** The configured port; 0 for any. */
  port: number;
  /** By engine. */
  charts: ReadonlyMap<string, { platform: PlatformLayers }>;
}

const NONE: PlatformLayers = { values: {}, rules: {} };

export class Addresses {
  readonly #options: AddressesOptions;
  #port: number;

  constructor(options: AddressesOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  /** The port that the server listens on. */
  set port(port: number) {
    this.#port = port;
  }

  /** The store's address, without a slash at its end. */
  readonly urlOf = (store: Addressee): string => {
    const { domain, charts } = this.#options;
    const { platform = NONE } = charts.get(store.engine) ?? {};
    return storeUrlOf(store, { domain, port: this.#port, platform });
  };
}
