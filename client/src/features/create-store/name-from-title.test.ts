import { storeNameProblem } from '@shopyard/contracts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameFromTitle } from './name-from-title.ts';

test.each([
  { what: 'a name', title: 'alpha', name: 'alpha' },
  { what: 'words and signs', title: '  Mugs & More, Ltd. ', name: 'mugs-more-ltd' },
  { what: 'an apostrophe', title: 'Anna’s Café', name: 'annas-cafe' },
  { what: 'umlauts', title: 'Grüße aus Österreich', name: 'gruesse-aus-oesterreich' },
  { what: 'umlauts of two code points', title: 'Bu\u0308cher', name: 'buecher' },
  { what: 'other marks', title: 'Łódź Smørrebrød', name: 'lodz-smorrebrod' },
  { what: 'Cyrillic', title: 'Чайная лавка', name: 'chaynaya-lavka' },
  { what: 'Greek', title: 'Καφέ Αθήνα', name: 'kafe-athina' },
  { what: 'emoji', title: '☕ Coffee 🚀 Now', name: 'coffee-now' },
  { what: 'full-width letters', title: 'ＳＨＯＰ １', name: 'shop-1' },
  { what: 'hyphens as the third and fourth characters', title: 'ab--cd', name: 'ab-cd' },
  { what: 'a reserved name', title: 'Admin', name: 'admin-shop' },
  { what: 'one letter', title: 'X', name: 'x-shop' },
  { what: 'only emoji', title: '🚀', name: '' },
  { what: 'a script without a table', title: '茶店', name: '' },
  {
    what: 'many words, cut between two',
    title: 'The finest handmade porcelain of northern Europe',
    name: 'the-finest-handmade-porcelain-of',
  },
  { what: 'one long word', title: 'x'.repeat(60), name: 'x'.repeat(40) },
])('makes a name from $what', ({ title, name }) => {
  expect(nameFromTitle(title)).toBe(name);
});

test('makes a name within the rules from every title, or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (title) => {
      const name = nameFromTitle(title);
      expect(name === '' ? undefined : storeNameProblem(name)).toBeUndefined();
    }),
  );
});
