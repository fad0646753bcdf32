/** What other versions and values mean for a Medusa store's database. Pure. */
import { valueAt } from '@shopyard/contracts';
import type { DatabaseChange, Downgrade, VersionChange } from '../engine.ts';
import { findDatabaseChangesOf, findDowngradesOf, hasNoDigest, numbersIn, type Software } from '../software.ts';

const MEDUSA: Software = {
  title: 'Medusa',
  path: ['medusa', 'image', 'tag'],
  source: ['medusa', 'image'],
  database: 'medusa',
  // Any release may bring migrations, and none takes them back.
  parts: Infinity,
  isUsed: () => true,
  isReadable: hasNoDigest('medusa'),
  upgradesAtStart: false,
};

const POSTGRES = ['postgres', 'image', 'tag'];
/** What the setup makes region and prices of, once. */
const FIXED = [
  ['store', 'currency'],
  ['store', 'country'],
];

export function findDowngrades(change: VersionChange): Downgrade[] {
  return [...findDowngradesOf([MEDUSA], change), ...refuseDatabase(change), ...refuseMarket(change)];
}

export const findDatabaseChanges = (change: VersionChange): DatabaseChange[] => findDatabaseChangesOf([MEDUSA], change);

/** Postgres reads the files of its own major version alone, and starts on no others: they have to be dumped and restored. */
function refuseDatabase({ before, after, reported }: VersionChange): Downgrade[] {
  const majorIn = (values: VersionChange['after']): number | undefined =>
    hasNoDigest('postgres')(values) ? numbersIn(valueAt(values, POSTGRES))?.[0] : undefined;
  const has = numbersIn(reported['postgres'])?.[0] ?? majorIn(before);
  const to = majorIn(after);
  if (has === undefined || to === undefined || has === to) return [];
  return [
    {
      path: POSTGRES,
      message: `must stay ${has}: the store's data belongs to PostgreSQL ${has}, and ${to} can't read it`,
    },
  ];
}

function refuseMarket({ before, after }: VersionChange): Downgrade[] {
  return FIXED.flatMap((path) => {
    const [has, to] = [before, after].map((values) => valueAt(values, path));
    if (has === to || typeof has !== 'string') return [];
    return [{ path, message: `must stay ${has}: the store's region and prices have it` }];
  });
}
