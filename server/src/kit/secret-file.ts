/** Files that hold a secret each, for programs and people of this machine. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { ConfigError } from './config-error.ts';
import { newSecret } from './secret.ts';

/** Fits into a link as it is, and can't be guessed. */
const FORM = /^[\w-]{32,200}$/;

/** The secret in the file, which is made with one if there is none. */
export function keepSecret(file: string): string {
  const kept = readSecret(file);
  if (kept) return kept;
  const secret = newSecret();
  writeSecret(file, secret);
  return secret;
}

/** `setting`: names the file. Throws ConfigError. */
export function readGivenSecret(file: string, setting: string): string {
  const secret = readSecret(file);
  if (secret === undefined) throw new ConfigError(`${setting} must name a file, and there is no ${file}`);
  if (!FORM.test(secret))
    throw new ConfigError(
      `${setting} must name a file with 32 to 200 letters, digits, hyphens or underscores: ${file}`,
    );
  return secret;
}

/** Whole, or not at all. */
export function writeSecret(file: string, secret: string): void {
  writeFileSync(`${file}.new`, `${secret}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
