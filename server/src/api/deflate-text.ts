/**
 * Messages in the form of permessage-deflate (RFC 7692): raw blocks that begin and end at a byte, so that what many clients
 * share is compressed once, and what differs between them is put around it as it is.
 */
import { constants, deflateRawSync } from 'node:zlib';

/** Fast, and as small as the default level to within a fifth. */
const LEVEL = 3;
/** What a block that is stored can hold. */
const MAX_STORED = 65_535;
/** An empty stored block, which every message ends with, but for its last four bytes. */
const END = Buffer.of(0);
/** Final frame of text, compressed. */
const TEXT_DEFLATED = 0xc1;
const [LENGTH_16, LENGTH_64] = [126, 127];

/** Blocks that inflate to `text`, to be put into a message. */
export function deflateBlocks(text: Uint8Array): Buffer {
  return deflateRawSync(text, { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH });
}

/** The frame of a message that inflates to `head`, what `blocks` inflate to, and `tail`. */
export function frameDeflated(head: Buffer, blocks: Buffer, tail: Buffer): Buffer {
  const payload = [...asBlocks(head), blocks, ...asBlocks(tail), END];
  const length = payload.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([frameHeader(length), ...payload]);
}

/** Stored as it is, if one block can hold it. */
function asBlocks(bytes: Buffer): Buffer[] {
  if (bytes.length > MAX_STORED) return [deflateBlocks(bytes)];
  const header = Buffer.alloc(5);
  header.writeUInt16LE(bytes.length, 1);
  header.writeUInt16LE(MAX_STORED - bytes.length, 3);
  return [header, bytes];
}

/** Of a frame from a server, which is not masked. */
function frameHeader(length: number): Buffer {
  if (length < LENGTH_16) return Buffer.of(TEXT_DEFLATED, length);
  const header = Buffer.alloc(length <= MAX_STORED ? 4 : 10);
  header[0] = TEXT_DEFLATED;
  header[1] = length <= MAX_STORED ? LENGTH_16 : LENGTH_64;
  if (length <= MAX_STORED) header.writeUInt16BE(length, 2);
  else header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
