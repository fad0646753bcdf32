/** A chart's files, from its folder or its package. The digest is of their contents alone: compressors differ. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** By path within the chart, in order. Libraries are below `charts/NAME/`. */
export type ChartFiles = ReadonlyMap<string, Buffer>;

/** What `.helmignore` leaves out of the charts here, and its own file. */
const LEFT_OUT = [/(^|\/)\.[^/]*$/, /\.md$/, /^ci\//, /^values-[^/]*\.yaml$/];
/** Of a package, unpacked. */
const MAX_BYTES = 16 * 1024 * 1024;
const BLOCK = 512;

/** Follows symbolic links, as helm does. */
export function readChartFolder(dir: string): ChartFiles {
  const files = pathsBelow(dir).filter((path) => !LEFT_OUT.some((pattern) => pattern.test(path)));
  return new Map(files.toSorted().map((path) => [path, readFileSync(join(dir, path))]));
}

/** SHA-256 of names and contents, in hexadecimal. */
export function digestOf(files: ChartFiles): string {
  const hash = createHash('sha256');
  for (const [path, content] of files) hash.update(`${path}\0${content.length}\0`).update(content);
  return hash.digest('hex');
}

/** A package that helm takes: the files below a folder of the chart's name, with no owner and no time. */
export function packChart(name: string, files: ChartFiles): Buffer {
  const entries = [...files].flatMap(([path, content]) => [
    headerOf(`${name}/${path}`, content.length),
    content,
    Buffer.alloc(-content.length & (BLOCK - 1)),
  ]);
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]), { level: 9 });
}

/** The counterpart of `packChart`; knows no other kind of entry than a file. Throws for anything else. */
export function unpackChart(bytes: Buffer): ChartFiles {
  const tar = gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  const files = new Map<string, Buffer>();
  for (let at = 0; tar[at] !== 0;) {
    const textAt = (from: number, length: number): string =>
      tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const [path, size] = [textAt(0, 100), Number.parseInt(textAt(124, 12), 8)];
    const start = at + BLOCK;
    if (textAt(257, 5) !== 'ustar' || textAt(156, 1) !== '0' || start + size > tar.length)
      throw new Error('this is no package of a chart');
    files.set(path.slice(path.indexOf('/') + 1), tar.subarray(start, start + size));
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function pathsBelow(dir: string, prefix = ''): string[] {
  return readdirSync(join(dir, prefix)).flatMap((name) => {
    const path = prefix + name;
    return statSync(join(dir, path)).isDirectory() ? pathsBelow(dir, `${path}/`) : [path];
  });
}

function headerOf(path: string, size: number): Buffer {
  if (Buffer.byteLength(path) > 100) throw new Error(`${path}: a path in a package has at most 100 bytes`);
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number): string => value.toString(8).padStart(length - 1, '0');
  header.write(path, 0);
  header.write(octal(0o644, 8), 100);
  for (const at of [108, 116]) header.write(octal(0, 8), at);
  header.write(octal(size, 12), 124);
  header.write(octal(0, 12), 136);
  header.write('        0', 148);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 7)}\0 `, 148);
  return header;
}
