/** Standard input that is whole, whatever becomes of the process that wrote it. */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The descriptor of a file without a name, read from its beginning; to be closed. A pipe would end early with this process,
 * and helm takes no values for the chart's defaults, or for those of the release before.
 */
export function openInput(text: string, dir: string): number {
  const path = join(dir, `input-${randomUUID()}`);
  const file = openSync(path, 'wx+', 0o600);
  try {
    unlinkSync(path);
    const bytes = Buffer.from(text);
    // At positions, so that a reader begins at the first byte.
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, at);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}
