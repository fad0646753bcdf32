/** Downloads WordPress and WooCommerce into the cache once: resumes, and keeps no file with a wrong checksum. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Source {
  url: string;
  /** SHA-256 of the file as 64 hexadecimal digits, or the URL of a text that starts with them. */
  sha256: string | { url: string };
}

export interface DownloadOptions {
  /** Milliseconds without a byte before the download is abandoned; the next start resumes it. */
  patienceMs: number;
  /** Called periodically with the bytes received and the total, if known. */
  onProgress: (done: number, total: number | undefined) => void;
}

/** Resolves once the file exists with the expected checksum. Throws an Error with a one-sentence reason otherwise. */
export async function download(source: Source, file: string, options: DownloadOptions): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.part`;
  await fetchRest(source.url, part, options);
  const expected = await expectedSha256(source, options.patienceMs);
  const hash = createHash('sha256');
  await pipeline(createReadStream(part), hash);
  const found = hash.digest('hex');
  if (found !== expected) {
    rmSync(part, { force: true });
    throw new Error(`${source.url} has the sha256 ${found}, expected ${expected}`);
  }
  renameSync(part, file);
}

async function expectedSha256({ sha256 }: Source, patienceMs: number): Promise<string> {
  if (typeof sha256 === 'string') return sha256;
  const text = await (await ask(sha256.url, {}, patienceMs)).text();
  const digest = /^[0-9a-f]{64}\b/i.exec(text)?.[0];
  if (!digest) throw new Error(`${sha256.url} holds no SHA-256`);
  return digest.toLowerCase();
}

async function fetchRest(url: string, part: string, { patienceMs, onProgress }: DownloadOptions): Promise<void> {
  const have = existsSync(part) ? statSync(part).size : 0;
  const response = await ask(url, have > 0 ? { Range: `bytes=${have}-` } : {}, patienceMs);
  // The file was already complete.
  if (response.status === 416) return;
  const resumed = response.status === 206;
  const length = Number(response.headers.get('content-length') ?? 0);
  const total = length > 0 ? length + (resumed ? have : 0) : undefined;
  let done = resumed ? have : 0;
  if (!response.body) throw new Error(`${url} has no content`);
  const body = Readable.fromWeb(response.body);
  const listen = (): NodeJS.Timeout => setTimeout(() => body.destroy(new Error(`${url} stopped sending`)), patienceMs);
  let silence = listen();
  body.on('data', (chunk: Buffer) => {
    done += chunk.length;
    onProgress(done, total);
    clearTimeout(silence);
    silence = listen();
  });
  try {
    await pipeline(body, createWriteStream(part, { flags: resumed ? 'a' : 'w' }));
  } finally {
    clearTimeout(silence);
  }
  if (total !== undefined && done < total) throw new Error(`${url} ended after ${done} of ${total} bytes`);
}

async function ask(url: string, headers: Record<string, string>, patienceMs: number): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patienceMs);
  try {
    const response = await fetch(url, { headers, signal: late.signal });
    if (!response.ok && response.status !== 416) throw new Error(`it answers ${response.status}`);
    return response;
  } catch (error) {
    // fetch rejects with errors; a cause is an error too.
    const { message, cause } = error as Error & { cause?: Error };
    throw new Error(`${url} can't be had: ${late.signal.aborted ? 'no answer' : (cause?.message ?? message)}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}
