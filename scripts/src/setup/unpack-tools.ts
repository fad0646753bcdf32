/** `unpack-tools.ts ARCHIVE FOLDER`: extracts the programs of a zip as executable files. */
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';

const PROGRAMS = new Set(['helm/helm', 'kubectl/kubectl']);

const [archive = '', folder = ''] = process.argv.slice(2);
const files = unzipSync(readFileSync(archive), { filter: ({ name }) => PROGRAMS.has(name) });
mkdirSync(folder, { recursive: true });
for (const [name, content] of Object.entries(files)) {
  const target = join(folder, basename(name));
  // Renamed once complete: an interrupted setup leaves no partial program.
  writeFileSync(`${target}.new`, content);
  chmodSync(`${target}.new`, 0o755);
  renameSync(`${target}.new`, target);
}
