import { describe, expect, test } from 'vitest';
import { ownAt, parseText, rangeOf, setValue, toText } from './values-document.ts';

const TEXT = `# Ours since May.
store:
  # As on the sign.
  title: Mugs # and more
  currency: USD

size: medium
`;

describe('setValue', () => {
  test('changes one value and keeps comments, order and blank lines', () => {
    expect(setValue(TEXT, ['store', 'title'], 'Cups')).toBe(TEXT.replace('Mugs', 'Cups'));
    expect(setValue(TEXT, ['store', 'country'], 'US:CA')).toBe(
      TEXT.replace('currency: USD\n', 'currency: USD\n  country: US:CA\n'),
    );
  });

  test.each([
    { name: 'a new value in an empty text', text: '', path: ['store', 'title'], value: 'A', after: 'store:\n  title: A\n' },
    { name: 'a value below a key without one', text: 'store:\n', path: ['store', 'title'], value: 'A', after: 'store:\n  title: A\n' },
    { name: 'a key with a dot', text: '', path: ['quota', 'hard', 'requests.cpu'], value: '4', after: 'quota:\n  hard:\n    requests.cpu: "4"\n' },
    { name: 'text that looks like a number', text: '', path: ['a'], value: '11.8', after: 'a: "11.8"\n' },
    { name: 'a boolean', text: 'a: {b: false}\n', path: ['a', 'b'], value: true, after: 'a: { b: true }\n' },
  ])('sets $name', ({ text, path, value, after }) => {
    expect(setValue(text, path, value)).toBe(after);
  });

  test.each([
    { name: 'a value, and the map that it leaves empty', text: 'store:\n  title: A\nsize: medium\n', path: ['store', 'title'], after: 'size: medium\n' },
    { name: 'the last value', text: 'size: medium\n', path: ['size'], after: '' },
    { name: 'the last value, but no comment', text: '# Ours.\nsize: medium\n', path: ['size'], after: '# Ours.\n' },
    { name: 'nothing that is not there', text: 'size: medium\n', path: ['store', 'title'], after: 'size: medium\n' },
  ])('removes $name', ({ text, path, after }) => {
    expect(setValue(text, path, undefined)).toBe(after);
  });
}); // prettier-ignore

describe('parseText', () => {
  test('reads what toText writes', () => {
    const values = { store: { title: 'a: b # c' }, quota: { hard: { 'requests.cpu': '4' } }, list: [{ name: 'x' }] };
    expect(parseText(toText(values))).toEqual({ values });
    expect(parseText(toText({}))).toEqual({ values: {} });
    expect(parseText('# nothing\n')).toEqual({ values: {} });
  });

  test.each([
    { text: 'store: {currency', at: 16 },
    { text: 'a: 1\na: 2\n', at: 5 },
    { text: '- a list', at: 0 },
  ])('says where $text is wrong', ({ text, at }) => {
    expect(parseText(text).problems?.[0]?.from).toBe(at);
  });

  test('reads a value by its path', () => {
    expect(ownAt(parseText(TEXT), ['store', 'title'])).toBe('Mugs');
    expect(ownAt(parseText(TEXT), ['store', 'country'])).toBeUndefined();
    expect(ownAt(parseText('{'), ['store'])).toBeUndefined();
  });
});

test.each([
  { path: ['store', 'title'], text: 'title: Mugs' },
  { path: ['store', 'titel'], text: 'store' },
  { path: ['size'], text: 'size: medium' },
  { path: ['quota', 'hard'], text: undefined },
])('finds where $path is written', ({ path, text }) => {
  const range = rangeOf(TEXT, path);
  expect(range && TEXT.slice(range.from, range.to)).toBe(text);
});
