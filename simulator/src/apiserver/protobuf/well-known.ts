/**
 * Messages that JSON represents as a plain value: quantities, times, ports. A time without a value becomes undefined.
 */
import { readFields } from './wire.ts';

export const WELL_KNOWN: Readonly<Record<string, (message: Buffer) => unknown>> = {
  Quantity: (message) => textOf(numbered(message).get(1)),
  Duration: (message) => `${Number(numbered(message).get(1) ?? 0n) / 1e9}s`,
  Time: (message) => timeOf(message, '%sZ'),
  MicroTime: (message) => timeOf(message, '%s.%fZ'),
  IntOrString(message) {
    const fields = numbered(message);
    // Field 2 of IntOrString is a varint.
    return fields.get(1) === 1n ? textOf(fields.get(3)) : Number(BigInt.asIntN(32, (fields.get(2) as bigint) ?? 0n));
  },
};

function numbered(message: Buffer): Map<number, bigint | Buffer> {
  return new Map([...readFields(message)].map(({ number, value }) => [number, value]));
}

const textOf = (value: bigint | Buffer | undefined): string => (value instanceof Buffer ? value.toString() : '');

/** `%s` is the second, `%f` its microseconds. */
function timeOf(message: Buffer, form: string): string | undefined {
  const fields = numbered(message);
  const seconds = fields.get(1);
  if (typeof seconds !== 'bigint') return undefined;
  const second = new Date(Number(BigInt.asIntN(64, seconds)) * 1000).toISOString().slice(0, 19);
  const micros = Math.floor(Number(fields.get(2) ?? 0n) / 1000);
  return form.replace('%s', second).replace('%f', String(micros).padStart(6, '0'));
}
