/** Decides which headers pass between a browser and a store. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

type Headers = Record<string, string | string[] | undefined>;

/** Headers for a single connection, which a proxy must not forward. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
];
/** Headers that only the proxy may set; from a client they would be unverified claims. */
const FORWARDING = /^(?:forwarded|x-forwarded-.+|x-real-ip|x-original-.+)$/;

/** Drops the hop-by-hop headers: the known ones, and those that `Connection` lists. */
export function endToEnd(headers: IncomingHttpHeaders): Headers {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  // Keeps the headers that delimit the body: without them, the rest of it could pass for another request.
  const dropped = new Set([
    ...HOP_BY_HOP,
    ...named.filter((name) => !/^(?:content-length|transfer-encoding|host)$/.test(name)),
  ]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)));
}

/** Headers for the store: drops the client's forwarding headers and `withheld`, and adds the client's address. */
export function toStoreHeaders(req: IncomingMessage, withheld: readonly string[] = []): Headers {
  const kept = Object.entries(endToEnd(req.headers)).filter(
    ([name]) => !FORWARDING.test(name) && !withheld.includes(name),
  );
  return { ...Object.fromEntries(kept), 'x-forwarded-for': req.socket.remoteAddress ?? '' };
}
