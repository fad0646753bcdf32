/** Whether a downloaded file is what its publisher says it is. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { unzipSync } from 'fflate';

/** Where a checksum is published: that of the file itself as hexadecimal text, or those of what a plugin's zip holds. */
export type Checksum =
  | { url: string; of: 'file'; algorithm: 'sha1' | 'sha256' }
  /** wordpress.org's `plugin-checksums`: `{ files: { [path]: { sha256: string | string[] } } }`. */
  | { url: string; of: 'plugin'; plugin: string };

/** wordpress.org lets authors change these after a release, so their checksums may be of another day. */
const CHANGES = /(^|\/)readme\.(txt|md)$/i;

/** What is other than published, to follow the file's name in a sentence; undefined when nothing is. */
export async function differenceOf(file: string, checksum: Checksum, published: string): Promise<string | undefined> {
  if (checksum.of === 'plugin') return pluginDifference(file, checksum.plugin, published);
  const expected = /[0-9a-f]{40,64}/i.exec(published)?.[0]?.toLowerCase();
  const hash = createHash(checksum.algorithm);
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  return found === expected ? undefined : `has the ${checksum.algorithm} ${found}, and ${expected} is published`;
}

function pluginDifference(file: string, plugin: string, published: string): string | undefined {
  const { files } = JSON.parse(published) as { files: Record<string, { sha256: string | string[] }> };
  const missing = new Set(Object.keys(files).filter((path) => !CHANGES.test(path)));
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(file)))) {
    if (name.endsWith('/')) continue;
    const path = name.startsWith(`${plugin}/`) ? name.slice(plugin.length + 1) : name;
    if (CHANGES.test(path)) continue;
    missing.delete(path);
    const expected = files[path]?.sha256;
    if (expected === undefined) return `holds ${name}, which is not published`;
    if (![expected].flat().includes(createHash('sha256').update(bytes).digest('hex')))
      return `holds another ${name} than is published`;
  }
  const [first] = missing;
  return first === undefined ? undefined : `lacks ${plugin}/${first}, which is published`;
}
