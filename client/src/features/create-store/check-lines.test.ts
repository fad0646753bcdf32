import type { EngineView } from '@shopyard/contracts';
import { expect, test } from 'vitest';
import { checkLines, type CheckedLine } from './check-lines.ts';
import { readLines } from './read-lines.ts';

const size = (name: string): EngineView['sizes'][number] => ({
  name,
  cpu: '',
  memory: '',
  storage: '',
  memoryBytes: 0,
  storageBytes: 0,
});
const engine: EngineView = {
  id: 'woocommerce',
  title: '',
  about: '',
  runs: 'real',
  embedded: '',
  sizes: [size('small'), size('large')],
  defaults: {},
  components: [],
  fixes: {},
  versions: [],
  adminTitle: 'Admin',
  adminPages: {},
  mail: false,
};
const check = (text: string): CheckedLine[] =>
  checkLines(readLines(text).lines, {
    settings: { engine, country: 'DE', currency: 'EUR', size: 'small' },
    labels: { team: 'all' },
    values: {},
    takenProblem: (name) => (name === 'taken' ? 'taken already exists' : undefined),
  });

test('makes a request of each line, from its own cells and the settings of all', () => {
  const [mugs, posters] = check('title,name,country,size,labels\nMugs & More,,,,\nPosters,post,us:ca,LARGE,team=art');
  expect(mugs?.request).toEqual({
    name: 'mugs-more',
    engine: 'woocommerce',
    values: { store: { title: 'Mugs & More', currency: 'EUR', country: 'DE' }, size: 'small' },
    labels: { team: 'all' },
  });
  expect(posters?.request).toEqual({
    name: 'post',
    engine: 'woocommerce',
    values: { store: { title: 'Posters', currency: 'USD', country: 'US:CA' }, size: 'large' },
    labels: { team: 'art' },
  });
  expect([mugs?.problems, posters?.problems]).toEqual([[], []]);
});

test('reports every issue of every line', () => {
  const lines = check(
    `title,name,currency,country,size,labels
Mugs,,XXX,Germany,huge,team
,Not A Name,,,,
Taken,,,,,
Mugs,,,,,
🚀,,,,,
${'x'.repeat(201)},long,,,,`,
  );
  expect(lines.map(({ line, problems }) => [line, problems])).toEqual([
    [
      2,
      [
        'country: "Germany" is not a code, such as DE or US:CA',
        'currency: "XXX" is not a code, such as EUR',
        'size: "huge" is not one of small, large',
        '"team": write a name and a value, such as team=shops',
      ],
    ],
    [3, ['"Not A Name": use only the letters a-z, digits and hyphens']],
    [4, ['taken already exists']],
    [5, ['has the name "mugs", as line 2 does']],
    [6, ['no name can be made from this shop name: enter one with letters a-z, digits and hyphens']],
    [7, ['use at most 200 characters for the title']],
  ]);
});
