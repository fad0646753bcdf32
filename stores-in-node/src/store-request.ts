/** A request to PHP and its response: plain data that can be passed between threads. */
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
  /** PHP's error output, line by line. */
  errors: string[];
}

/** Calls from the serving thread; each response carries its call's number. */
export type Call =
  { call: 'prepare'; sources: Sources } | { call: 'open'; spec: Spec } | { call: 'request'; request: StoreRequest };

export type Numbered = Call & { number: number };

export type Said =
  | { number: number; result: StoreAnswer | undefined }
  | { number: number; failure: string }
  /** PHP sent a request to its own store and doesn't wait for the response. */
  | { later: StoreRequest };
