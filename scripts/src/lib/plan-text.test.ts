import { expect, test } from 'vitest';
import { linesOfPlan } from './plan-text.ts';

const PLAN = {
  impact: {
    restarts: ['WordPress'],
    setupRuns: true,
    database: 'no' as const,
    back: 'free' as const,
    words: 'Restarts WordPress.',
  },
  notes: ['Worth knowing.'],
  chart: { before: '0.1.0', after: '0.2.0' },
  values: [
    { path: ['size'], label: 'Size', before: 'small', after: 'medium' },
    { path: ['quota', 'hard'], after: { pods: '3' } },
  ],
  objects: [
    { kind: 'Job', name: 'setup', verdict: 'refused' as const, why: 'exceeded quota', diff: '' },
    { kind: 'Deployment', name: 'wordpress', verdict: 'restarts' as const, diff: '@@ -1 +1 @@\n-a\n+b' },
    { kind: 'Service', name: 'wordpress', verdict: 'unchanged' as const, diff: '' },
  ],
};

test('prints the effect first, then values, then objects, and counts what stays the same', () => {
  expect(linesOfPlan(PLAN, { diff: false })).toEqual([
    'Restarts WordPress.',
    'Worth knowing.',
    '  Chart: 0.1.0 → 0.2.0',
    '  Size: small → medium',
    '  quota.hard: not set → {"pods":"3"}',
    '  refused    Job setup: exceeded quota',
    '  restarts   Deployment wordpress',
    '  unchanged  1 objects',
  ]);
});

test('prints the differences on request', () => {
  expect(linesOfPlan(PLAN, { diff: true })).toContain('    +b');
});
