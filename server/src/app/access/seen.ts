/** A use within this time of the last one is not written: each would be a write of the disk. */
const WITHIN_MS = 60_000;

/** Whether to write that something was used now. `last`: when that was last written, ISO 8601; absent for never. */
export function isDue(last: string | undefined, at: Date): boolean {
  return last === undefined || at.getTime() - Date.parse(last) >= WITHIN_MS;
}
