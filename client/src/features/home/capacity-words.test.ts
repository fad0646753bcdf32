import { expect, test } from 'vitest';
import { formatRoom, toSentence } from './capacity-words.ts';

test.each([
  { stores: 0, text: 'No room for another small store' },
  { stores: 1, text: 'Room for 1 more small store' },
  { stores: 14, text: 'Room for about 14 more small stores' },
  { stores: 1000, text: 'Room for more than 1,000 small stores' },
])('says the room for $stores', ({ stores, text }) => {
  expect(toSentence({ size: 'small', stores })).toBe(text);
});

test('shows that more may fit than were counted', () => {
  expect([formatRoom(999), formatRoom(1000)]).toEqual(['999', '1,000+']);
});
