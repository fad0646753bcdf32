import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { deflateBlocks, frameDeflated } from './deflate-text.ts';

test('ends a message with an empty block, less its last four bytes', () => {
  const frame = frameDeflated(Buffer.from('head '), deflateBlocks(Buffer.from('text')), Buffer.from(' tail'));
  // A frame as short as this has a header of two bytes.
  const payload = frame.subarray(2);
  expect(payload.at(-1)).toBe(0);
  // The same block with all its bytes, marked as the last.
  const complete = Buffer.concat([payload.subarray(0, -1), Buffer.of(1, 0, 0, 0xff, 0xff)]);
  expect(inflateRawSync(complete).toString()).toBe('head text tail');
});
