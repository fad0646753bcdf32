/** The proxy that Go programs, such as kubectl and helm, would use for a URL. */
import { BlockList, isIP } from 'node:net';

/** The proxy's URL; `undefined` for a direct connection. */
export function proxyFor(address: string, env: NodeJS.ProcessEnv): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, port } = new URL(address);
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = env[name] || env[name.toLowerCase()];
  const host = hostname.replace(/^\[|\]$/g, '');
  if (!proxy || isLoopback(host)) return undefined;
  const exceptions = (env['NO_PROXY'] || env['no_proxy'] || '').split(',').map((entry) => entry.trim().toLowerCase());
  const target = { host, port: port || (protocol === 'https:' ? '443' : '80') };
  if (exceptions.some((exception) => isExcepted(target, exception))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** `*`, a host, a domain with its subdomains, an IP address or a range; an optional port narrows it down. */
function isExcepted({ host, port }: { host: string; port: string }, exception: string): boolean {
  if (exception === '') return false;
  if (exception === '*') return true;
  const [range = '', bits] = exception.split('/');
  const family = isIP(range);
  if (bits !== undefined) {
    const own = isIP(host);
    if (family === 0 || own === 0) return false;
    const list = new BlockList();
    list.addSubnet(range, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
    return list.check(host, own === 4 ? 'ipv4' : 'ipv6');
  }
  const [, name = exception, only] = family === 6 ? [] : (/^(.*?)(?::(\d+))?$/.exec(exception) ?? []);
  if (only !== undefined && only !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  return (name === domain && host === domain) || host.endsWith(`.${domain}`);
}
