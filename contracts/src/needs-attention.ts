/** Apart from the schemas: a browser that takes in a schema compiles it, which the dashboard's policy forbids. */
import type { Attention } from './attention.ts';

/** Somebody has to do something about it. */
export function needsAttention({ attention: { level } }: { attention: Attention }): boolean {
  return level === 'stuck' || level === 'broken';
}
