import { expect, test } from 'vitest';
import { expandReferences } from './expand.ts';

const variables = new Map([
  ['HOST', 'mariadb'],
  ['EMPTY', ''],
  ['OTHER', '$(HOST)'],
]);

test.each([
  { text: '$(HOST):3306', expanded: 'mariadb:3306' },
  { text: 'a$(EMPTY)b', expanded: 'ab' },
  { text: '$(OTHER)', expanded: '$(HOST)' },
  { text: '$(MISSING)', expanded: '$(MISSING)' },
  { text: '$$(HOST)', expanded: '$(HOST)' },
  { text: '$$$(HOST)', expanded: '$mariadb' },
  { text: '$$$$(HOST)', expanded: '$$(HOST)' },
  { text: 'Mugs from $5, $HOST, 5$', expanded: 'Mugs from $5, $HOST, 5$' },
  { text: '$(HOST', expanded: '$(HOST' },
])('expands $text to $expanded', ({ text, expanded }) => {
  expect(expandReferences(text, variables)).toBe(expanded);
});
