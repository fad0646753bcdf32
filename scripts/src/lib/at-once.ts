import { UsageError } from './script.ts';

/** What `--now` asks for: a change outside the store's window. Throws UsageError without a reason. */
export function atOnce(isNow: boolean, reason: string | undefined, usage: string): 'now' | undefined {
  if (isNow && !reason) throw new UsageError(`--now: say why with --reason\n${usage}`);
  return isNow ? 'now' : undefined;
}
