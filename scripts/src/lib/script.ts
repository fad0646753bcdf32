/**
 * Shared by all scripts: locates the server, reports failures, and is the only code that writes to the terminal.
 */
import { toTerminalText } from '@shopyard/contracts';
import { TRPCClientError } from '@trpc/client';
import { type Api, connect } from '@shopyard/sdk';
import { readToken } from './read-token.ts';

/** SHOPYARD_URL, or localhost on SHOPYARD_PORT (3000). */
export function serverUrl(env: NodeJS.ProcessEnv = process.env): string {
  return env['SHOPYARD_URL'] ?? `http://localhost:${env['SHOPYARD_PORT'] ?? '3000'}`;
}

/** A mistake by the user, reported without a stack trace. */
export class UsageError extends Error {}

/** Runs a script against the server. A failure is reported in one sentence and sets the exit code to 1. */
export async function runScript(main: (api: Api, args: string[]) => Promise<void>): Promise<void> {
  const url = serverUrl();
  try {
    await using api = connect(url, { token: readToken(url) });
    await main(api, process.argv.slice(2));
  } catch (error) {
    fail(sentenceOf(error, url));
  }
}

export function sentenceOf(error: unknown, url: string): string {
  if (error instanceof TRPCClientError && !error.data)
    return `No Shopyard answers at ${url}: start it with "npm start", or set SHOPYARD_URL.`;
  return error instanceof Error ? error.message : String(error);
}

/** Prints one line, whatever `text` contains: messages quote images, clusters and programs. */
export function print(text: string): void {
  process.stdout.write(`${toTerminalText(text)}\n`);
}

/** Prints one line to standard error and sets the exit code to 1. */
export function fail(text: string): void {
  process.stderr.write(`${toTerminalText(text)}\n`);
  process.exitCode = 1;
}
