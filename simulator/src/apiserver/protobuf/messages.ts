/**
 * The messages of Kubernetes' protobuf, as far as clients send them. `messages.txt` has one a line, written by
 * `scripts/src/generate/protobuf-messages.ts`: its name, then for each field `NAME=NUMBER`, `?` where zero differs from
 * absent, `[]` where it repeats, and its type where that is no string. The name `&` is a message whose fields JSON has
 * in place of it.
 */
import { readFileSync } from 'node:fs';

export interface Field {
  name: string;
  type: string;
  repeated: boolean;
  /** Zero was set by the client; else it is how a field without a value looks. */
  keepsZero: boolean;
}

export type Message = ReadonlyMap<number, Field>;

let lines: Map<string, string> | undefined;
const parsed = new Map<string, Message>();

/** The fields of a message by their numbers; undefined for a name that is not in the table. */
export function messageOf(name: string): Message | undefined {
  const known = parsed.get(name);
  if (known) return known;
  lines ??= readLines();
  const line = lines.get(name);
  if (line === undefined) return undefined;
  const message = new Map(line.split(' ').map(parseField));
  parsed.set(name, message);
  return message;
}

function readLines(): Map<string, string> {
  const text = readFileSync(new URL('./messages.txt', import.meta.url), 'utf8');
  return new Map(
    text.split('\n').map((line): [string, string] => {
      const [name = ''] = line.split(' ', 1);
      return [name, line.slice(name.length + 1)];
    }),
  );
}

function parseField(text: string): [number, Field] {
  const [, name = '', number = '', mark = '', type = ''] = /^(\S+)=(\d+)(\?|\[\]|:|)(\S*)$/.exec(text) ?? [];
  return [Number(number), { name, type: type || 'string', repeated: mark === '[]', keepsZero: mark === '?' }];
}
