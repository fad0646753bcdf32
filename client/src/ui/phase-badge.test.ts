import { PHASES, type Store } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { storeTone } from './phase-badge.tsx';

const tone = (phase: Store['phase'], level: Store['attention']['level']): string =>
  storeTone({ phase, attention: { level, since: '' } });

test.each(PHASES)('colours a %s store amber or red only when it needs attention', (phase) => {
  expect([tone(phase, 'stuck'), tone(phase, 'broken')]).toEqual(['warn', 'bad']);
  for (const level of ['ok', 'working'] as const)
    expect(['good', 'busy', 'quiet', 'asleep']).toContain(tone(phase, level));
});
