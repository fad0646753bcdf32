/**
 * Every reason that a store gives for its phase. One table types the comparisons, holds whether waiting helps, and
 * generates the list of causes in docs/operations.md.
 */
import { DATA_REASONS } from './data-reasons.ts';
import { IMAGE_REASONS } from './image-reasons.ts';
import { POD_REASONS } from './pod-reasons.ts';
import type { ReasonSpec } from './reason-spec.ts';
import { REFUSAL_REASONS } from './refusal-reasons.ts';
import { RELEASE_REASONS } from './release-reasons.ts';
import { SHOP_REASONS } from './shop-reasons.ts';

export const REASONS = {
  ...IMAGE_REASONS,
  ...POD_REASONS,
  ...REFUSAL_REASONS,
  ...RELEASE_REASONS,
  ...DATA_REASONS,
  ...SHOP_REASONS,
} as const satisfies Record<string, ReasonSpec>;

export type Reason = keyof typeof REASONS;

/** Why a store is not as it should be. */
export interface Finding {
  reason: Reason;
  /** One or two sentences with the cause, and what to do. */
  message: string;
  terminal: boolean;
}

/** `terminal`: for the few reasons whose meaning depends on how often it happened. */
export function finding(reason: Reason, message: string, terminal: boolean = REASONS[reason].terminal): Finding {
  return { reason, message, terminal };
}

export function isReason(text: string): text is Reason {
  return Object.hasOwn(REASONS, text);
}

/** What people call a reason, such as `Keeps crashing`; a code that this version doesn't know stays as it is. */
export function reasonTitle(code: string): string {
  return isReason(code) ? REASONS[code].title : code;
}
