/** Starts a server for the demo if none runs: on a free port, with data that is deleted when the demo ends. */
import { startServerProcess } from '@shopyard/testkit';
import { print } from '../lib/script.ts';

export interface DemoServer extends AsyncDisposable {
  url: string;
}

/** Returns the server at `url` if it answers, and starts one otherwise. */
export async function ownServer(url: string): Promise<DemoServer> {
  if (await answers(url)) {
    print(`Using the Shopyard at ${url}`);
    return { url, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  print(`No Shopyard answers at ${url}: starting one for the demo`);
  return startServerProcess({ env: { SHOPYARD_SIMULATOR_SPEED: '1', SHOPYARD_LOG_LEVEL: 'error' } });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}
