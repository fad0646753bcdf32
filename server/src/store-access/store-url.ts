/** Where a store opens: at the host of its own values, else below the configured domain or localhost. */

type Values = Record<string, unknown>;

export interface Addressee {
  name: string;
  /** Of the store, laid over the platform's. */
  values: Values;
}

export interface StoreUrlOptions {
  /** Stores are `https://NAME.DOMAIN`; without it `http://NAME.localhost:PORT`. */
  domain?: string | undefined;
  port: number;
  platformValues: Values;
}

interface Ingress {
  host?: string;
  tls?: { enabled?: boolean };
}

/** The store's address, without a slash at its end. */
export function storeUrlOf({ name, values }: Addressee, { domain, port, platformValues }: StoreUrlOptions): string {
  const own = ingressOf(values);
  const shared = ingressOf(platformValues);
  const host = own.host ?? shared.host ?? '';
  // One that stands for many hosts is no address.
  if (host !== '' && !host.startsWith('*')) {
    const isSecure = own.tls?.enabled ?? shared.tls?.enabled ?? domain !== undefined;
    return `${isSecure ? 'https' : 'http'}://${host}`;
  }
  return domain ? `https://${name}.${domain}` : `http://${name}.localhost:${port}`;
}

function ingressOf(values: Values): Ingress {
  return (values['ingress'] as Ingress | null | undefined) ?? {};
}
