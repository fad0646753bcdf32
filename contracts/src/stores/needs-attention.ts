/** Separate from the schemas: zod compiles schemas on load, which the dashboard's content security policy forbids. */
import type { Attention } from './attention.ts';

/** Whether somebody has to act. */
export function needsAttention({ attention: { level } }: { attention: Attention }): boolean {
  return level === 'stuck' || level === 'broken';
}
