import { expect, test } from 'vitest';
import { parseViews, withoutView, withView } from './views.ts';

const tea = { name: 'Tea', query: 'q=tea' };
const mugs = { name: 'Mugs', query: 'sort=name' };

test('orders views by name and replaces one of the same name', () => {
  expect(withView([tea], mugs)).toEqual([mugs, tea]);
  expect(withView([mugs, tea], { ...tea, query: 'q=green' })).toEqual([mugs, { name: 'Tea', query: 'q=green' }]);
});

test('deletes a view by name', () => {
  expect(withoutView([mugs, tea], 'Mugs')).toEqual([tea]);
});

test.each([
  { name: 'the saved views', text: JSON.stringify([tea, mugs]), views: [tea, mugs] },
  { name: 'nothing when nothing was saved', text: null, views: [] },
  { name: 'nothing from malformed text', text: '[{', views: [] },
  { name: 'no entry that is not a view', text: JSON.stringify([tea, { name: 1 }, null]), views: [tea] },
])('reads $name', ({ text, views }) => {
  expect(parseViews(text)).toEqual(views);
});
