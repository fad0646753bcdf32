/** Where stores open. The port is known only once the server listens. */
import { type Addressee, type StoreUrlOptions, storeUrlOf } from './store-url.ts';

export interface AddressesOptions {
  /** Stores are `https://NAME.DOMAIN`; without it `http://NAME.localhost:PORT`. */
  domain?: string | undefined;
  /** The configured port; 0 for any. */
  port: number;
  /** By engine. */
  charts: ReadonlyMap<string, Pick<StoreUrlOptions, 'withPlatform'>>;
}

/** Of an engine that this build lacks. */
const alone: StoreUrlOptions['withPlatform'] = (own) => own;

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
    const { withPlatform = alone } = charts.get(store.engine) ?? {};
    return storeUrlOf(store, { domain, port: this.#port, withPlatform });
  };
}
