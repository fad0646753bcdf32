import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './script.ts';

/** Options and names; `usage` is printed for any others. Throws UsageError. */
export function readArgs<const O extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: O,
  usage: string,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}
