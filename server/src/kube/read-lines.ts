/** Yields the lines of a byte stream as they arrive. */

/** No watch event of ours has a longer line; the stream is aborted. */
const MAX_LINE = 8 * 1024 * 1024;

export async function* readLines(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<string> {
  if (!body) return;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = rest.indexOf('\n', start); end >= 0; end = rest.indexOf('\n', start)) {
      if (end > start) yield rest.slice(start, end);
      start = end + 1;
    }
    rest = rest.slice(start);
    if (rest.length > MAX_LINE) throw new Error('a line of the stream is too long');
  }
}
