/** A store's URL: the host in its own values, or else a subdomain of the configured domain or localhost. */

type Values = Record<string, unknown>;

export interface Addressee {
  name: string;
  engine: string;
  /** The store's own values, which override the platform's. */
  values: Values;
}

export interface StoreUrlOptions {
  /** Stores are at `https://NAME.DOMAIN`; without a domain, at `http://NAME.localhost:PORT`. */
  domain?: string | undefined;
  port: number;
  /** For the store's engine. */
  platformValues: Values;
}

interface Ingress {
  host?: string;
  tls?: { enabled?: boolean };
}

/** The store's URL, without a trailing slash. */
export function storeUrlOf(
  { name, values }: Omit<Addressee, 'engine'>,
  { domain, port, platformValues }: StoreUrlOptions,
): string {
  const own = ingressOf(values);
  const shared = ingressOf(platformValues);
  const host = own.host ?? shared.host ?? '';
  // A wildcard host is not an address.
  if (host !== '' && !host.startsWith('*')) {
    const isSecure = own.tls?.enabled ?? shared.tls?.enabled ?? domain !== undefined;
    return `${isSecure ? 'https' : 'http'}://${host}`;
  }
  return domain ? `https://${name}.${domain}` : `http://${name}.localhost:${port}`;
}

function ingressOf(values: Values): Ingress {
  // The chart's schema says so; values are checked against it.
  return (values['ingress'] as Ingress | null | undefined) ?? {};
}
