import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory that is deleted with its scope. */
export function temporaryDir(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'shopyard-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}
