/** Where a store opens: a subdomain of the configured domain, or of localhost on the server's own port. */

export function storeUrlOf({ domain, port }: { domain?: string | undefined; port: number }): (name: string) => string {
  return (name) => (domain ? `https://${name}.${domain}` : `http://${name}.localhost:${port}`);
}
