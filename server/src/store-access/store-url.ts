/** A store's URL: the host in its own values, or else a subdomain of the configured domain or localhost. */

type Values = Record<string, unknown>;

export interface Addressee {
  name: string;
  engine: string;
  /** The store's own values. */
  values: Values;
}

export interface StoreUrlOptions {
  /** Stores are at `https://NAME.DOMAIN`; without a domain, at `http://NAME.localhost:PORT`. */
  domain?: string | undefined;
  port: number;
  /** The store's own values between those of the platform. */
  withPlatform: (own: Values) => Values;
}

interface Ingress {
  host?: string;
  tls?: { enabled?: boolean };
}

/** The store's URL, without a trailing slash. */
export function storeUrlOf(
  { name, values }: Omit<Addressee, 'engine'>,
  { domain, port, withPlatform }: StoreUrlOptions,
): string {
  const { host = '', tls } = ingressOf(withPlatform(values));
  // A wildcard host is not an address.
  if (host !== '' && !host.startsWith('*')) {
    const isSecure = tls?.enabled ?? domain !== undefined;
    return `${isSecure ? 'https' : 'http'}://${host}`;
  }
  return domain ? `https://${name}.${domain}` : `http://${name}.localhost:${port}`;
}

function ingressOf(values: Values): Ingress {
  // The chart's schema says so; values are checked against it.
  return (values['ingress'] as Ingress | null | undefined) ?? {};
}
