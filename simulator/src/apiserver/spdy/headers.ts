/** Header blocks of SPDY/3: names and values with their lengths, in one zlib stream for each direction. */
import { createDeflate, createInflate, constants, type Deflate, type Inflate } from 'node:zlib';

/** The dictionary of the specification: words, each preceded by its length in four bytes, then a text. */
const WORDS =
  'options head post put delete trace accept accept-charset accept-encoding accept-language accept-ranges age allow ' +
  'authorization cache-control connection content-base content-encoding content-language content-length ' +
  'content-location content-md5 content-range content-type date etag expect expires from host if-match ' +
  'if-modified-since if-none-match if-range if-unmodified-since last-modified location max-forwards pragma ' +
  'proxy-authenticate proxy-authorization range referer retry-after server te trailer transfer-encoding upgrade ' +
  'user-agent vary via warning www-authenticate method get status 200_OK version HTTP/1.1 url public set-cookie ' +
  'keep-alive origin';
const TEXT =
  '100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505' +
  '203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden' +
  '404 Not Found500 Internal Server Error501 Not Implemented503 Service Unavailable' +
  'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT' +
  'chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,text/javascript,' +
  'publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.';

const word = (text: string): Buffer => Buffer.concat([uint32(text.length), Buffer.from(text)]);
const DICTIONARY = Buffer.concat([...WORDS.split(' ').map((text) => word(text.replace('_', ' '))), Buffer.from(TEXT)]);

export function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32BE(value, 4 * index));
  return bytes;
}

export class HeaderCodec {
  readonly #inflate = createInflate({ dictionary: DICTIONARY, flush: constants.Z_SYNC_FLUSH });
  readonly #deflate = createDeflate({ dictionary: DICTIONARY, flush: constants.Z_SYNC_FLUSH });

  constructor() {
    // Callers that wait for a block see the error too.
    for (const stream of [this.#inflate, this.#deflate]) stream.on('error', () => undefined);
  }

  /** Rejects if a block is not zlib data. */
  async read(block: Buffer): Promise<Map<string, string>> {
    const bytes = await through(this.#inflate, block);
    const headers = new Map<string, string>();
    let at = 4;
    const text = (): string => {
      const length = bytes.readUInt32BE(at);
      at += 4 + length;
      return bytes.toString('utf8', at - length, at);
    };
    for (let left = bytes.readUInt32BE(0); left > 0; left -= 1) headers.set(text(), text());
    return headers;
  }

  /** An empty block. */
  empty(): Promise<Buffer> {
    return through(this.#deflate, uint32(0));
  }

  close(): void {
    this.#inflate.close();
    this.#deflate.close();
  }
}

function through(stream: Deflate | Inflate, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => {
      if (error) reject(error);
      // Without an encoding, a stream yields buffers.
      else resolve((stream.read() as Buffer | null) ?? Buffer.alloc(0));
    });
  });
}
