import { expect, test } from 'vitest';
import type { PlannedObject } from '@shopyard/contracts';
import { WOOCOMMERCE } from '../../../domain/testing.ts';
import { type Change, toImpact } from './impact.ts';

const MAYBE = { what: 'WordPress 7.1 → 7.2', isCertain: false };
const SURE = { what: 'MariaDB 11.8 → 12.3', isCertain: true };
const object = (kind: string, name: string, verdict: PlannedObject['verdict']): PlannedObject => ({
  kind,
  name,
  verdict,
  diff: '',
});
const impact = (objects: PlannedObject[], change: Partial<Change> = {}) =>
  toImpact({ engine: WOOCOMMERCE, objects, database: [], closedSeconds: undefined, isNew: false, ...change });

const web = object('Deployment', 'wordpress', 'restarts');
const database = object('StatefulSet', 'mariadb', 'restarts');
const setup = object('Job', 'setup', 'replaced');

test('says what restarts, and for how long the shop was closed the last time', () => {
  expect(impact([web, setup], { closedSeconds: 22 })).toEqual({
    restarts: ['WordPress'],
    closedSeconds: 22,
    setupRuns: true,
    database: 'no',
    back: 'free',
    words: 'Restarts WordPress: the shop is unavailable for about 25 s (22 s last time).',
  });
  expect(impact([web, database]).words).toBe('Restarts WordPress and database: the shop is unavailable for a moment.');
});

test('tells a change without restarts from no change', () => {
  expect(impact([setup])).toMatchObject({ words: 'Nothing restarts. The setup runs again.', restarts: [] });
  expect(impact([object('Service', 'wordpress', 'changed')]).words).toBe('Nothing restarts.');
  expect(impact([object('Service', 'wordpress', 'unchanged')]).words).toBe('Nothing changes.');
  expect(impact([setup], { closedSeconds: 22 })).not.toHaveProperty('closedSeconds');
});

test('a change of the database has no free way back', () => {
  expect(impact([database], { database: [SURE] })).toMatchObject({
    back: 'none',
    words: expect.stringMatching(/It changes the database, which only a backup can undo\.$/) as string,
  });
  expect(impact([web], { database: [MAYBE] })).toMatchObject({
    back: 'none',
    words: expect.stringMatching(/It may change the database, which only a backup can undo/) as string,
  });
});

test('a suspended store restarts nothing, and is changed when it resumes', () => {
  expect(impact([web, setup], { isSuspended: true, closedSeconds: 22 })).toMatchObject({
    restarts: [],
    words: 'Nothing changes before the store resumes.',
  });
});

test('what the cluster refuses comes before everything else', () => {
  expect(impact([web, object('StatefulSet', 'mariadb', 'refused')], { database: [SURE] }).words).toBe(
    'The cluster refuses StatefulSet mariadb, so none of this can be applied.',
  );
});

test('a new store is told by its objects', () => {
  expect(impact([object('Namespace', 'store-a', 'created'), web], { isNew: true }).words).toBe(
    'Creates the store, with 2 objects.',
  );
});
