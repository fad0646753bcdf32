/** API server faults, for tests that try each. */
import type { Fault } from './fault-proxy.ts';

export interface FaultCase {
  what: string;
  fault: Fault;
  which?: 'watches' | 'others';
  /** Severe enough to lose contact with the cluster. */
  stale: boolean;
}

const tooMany = { 'Retry-After': '1' };
/** The token that the API server accepts in the expired credentials case. */
export const RENEWED = 'renewed';

export const FAULTS: readonly FaultCase[] = [
  { what: 'refused connections', fault: { kind: 'refuse' }, stale: true },
  { what: 'answers reset in the middle', fault: { kind: 'reset', after: 40 }, stale: true },
  { what: 'answers that never come', fault: { kind: 'hang' }, stale: true },
  {
    what: 'too many requests',
    fault: { kind: 'status', status: 429, headers: tooMany, reason: 'TooManyRequests' },
    stale: true,
  },
  { what: 'internal errors', fault: { kind: 'status', status: 500 }, stale: true },
  { what: 'unavailable', fault: { kind: 'status', status: 503, reason: 'ServiceUnavailable' }, stale: true },
  {
    what: '410 as a status',
    fault: { kind: 'status', status: 410, reason: 'Expired' },
    which: 'watches',
    stale: false,
  },
  { what: '410 in the stream', fault: { kind: 'gone-in-stream' }, which: 'watches', stale: false },
  { what: 'watches that go silent', fault: { kind: 'silence' }, which: 'watches', stale: true },
  { what: 'expired credentials', fault: { kind: 'unauthorized', unless: RENEWED }, stale: true },
  { what: 'slow answers', fault: { kind: 'slow', ms: 150 }, stale: false },
  { what: 'repeated and reordered events', fault: { kind: 'replay' }, which: 'watches', stale: false },
];
