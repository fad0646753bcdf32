/** Which headers pass between a browser and a store. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

type Headers = Record<string, string | string[] | undefined>;

/** Meant for one connection, not to be passed on. */
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
/** What only the proxy itself may say; from a client it would be a claim about somebody else. */
const FORWARDING = /^(?:forwarded|x-forwarded-.+|x-real-ip|x-original-.+)$/;

/** Without what concerns one connection alone: the known names, and those that `Connection` names. */
export function endToEnd(headers: IncomingHttpHeaders): Headers {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  // These decide where the body ends; dropping one of them would let the rest pass for another request.
  const dropped = new Set([
    ...HOP_BY_HOP,
    ...named.filter((name) => !/^(?:content-length|transfer-encoding|host)$/.test(name)),
  ]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)));
}

/** What a store gets: without the client's word about who it is, without `withheld`, with the address it came from. */
export function toStoreHeaders(req: IncomingMessage, withheld: readonly string[] = []): Headers {
  const kept = Object.entries(endToEnd(req.headers)).filter(
    ([name]) => !FORWARDING.test(name) && !withheld.includes(name),
  );
  return { ...Object.fromEntries(kept), 'x-forwarded-for': req.socket.remoteAddress ?? '' };
}
