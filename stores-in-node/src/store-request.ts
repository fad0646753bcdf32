/** What PHP is asked, and what it answers: plain data, to be handed from one thread to another. */
import type { Sources, Spec } from './spec.ts';

export interface StoreRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers?: Record<string, string>;
  body?: Uint8Array;
}

export interface StoreAnswer {
  status: number;
  headers: Record<string, string[]>;
  bytes: Uint8Array;
  /** What PHP complained of, a line each. */
  errors: string[];
}

/** Calls of the serving thread; each is answered with its number. */
export type Call =
  { call: 'prepare'; sources: Sources } | { call: 'open'; spec: Spec } | { call: 'request'; request: StoreRequest };

export type Numbered = Call & { number: number };

export type Said =
  | { number: number; result: StoreAnswer | undefined }
  | { number: number; failure: string }
  /** PHP asked its own store for something, and does not wait for the answer. */
  | { later: StoreRequest };
