/** The token that a script sends. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * SHOPYARD_TOKEN, or else the token that a server of this machine keeps beside its data: that one is sent to loopback alone,
 * wherever SHOPYARD_URL leads. `undefined` if there is none.
 */
export function readToken(url: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env['SHOPYARD_TOKEN']) return env['SHOPYARD_TOKEN'];
  if (!isLoopback(new URL(url).hostname)) return undefined;
  try {
    return readFileSync(join(env['SHOPYARD_DATA_DIR'] || 'data', 'cli-token'), 'utf8').trim() || undefined;
  } catch {
    // Where nobody has to sign in, it isn't missed; elsewhere the server says what is.
    return undefined;
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
