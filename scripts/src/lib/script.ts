/** What every script does alike: where the server is, and how a failure is told. */
import { TRPCClientError } from '@trpc/client';
import { type Api, connect } from './api.ts';

/** SHOPYARD_URL, or localhost on SHOPYARD_PORT (3000). */
export function serverUrl(env: NodeJS.ProcessEnv = process.env): string {
  return env['SHOPYARD_URL'] ?? `http://localhost:${env['SHOPYARD_PORT'] ?? '3000'}`;
}

/** A mistake of the user: told without a stack. */
export class UsageError extends Error {}

/** Runs a script against the server, and ends the process with 1 and one sentence when it fails. */
export async function runScript(main: (api: Api, args: string[]) => Promise<void>): Promise<void> {
  const url = serverUrl();
  try {
    await using api = connect(url);
    await main(api, process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${sentenceOf(error, url)}\n`);
    process.exitCode = 1;
  }
}

export function sentenceOf(error: unknown, url: string): string {
  if (error instanceof TRPCClientError && !error.data)
    return `No Shopyard answers at ${url}: start it with "npm start", or set SHOPYARD_URL.`;
  return error instanceof Error ? error.message : String(error);
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
