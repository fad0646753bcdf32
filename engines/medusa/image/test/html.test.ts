import { expect, test } from 'vitest';
import { markup } from '../src/storefront/html.ts';

test('escapes every value but HTML that it made itself', () => {
  const hostile = `<script>alert("1" & '2')</script>`;
  const written = String(markup`<p title="${hostile}">${markup`<b>${hostile}</b>`}</p>`);
  const escaped = '&#60;script&#62;alert(&#34;1&#34; &#38; &#39;2&#39;)&#60;/script&#62;';
  expect(written).toBe(`<p title="${escaped}"><b>${escaped}</b></p>`);
});

test('joins lists, and leaves out what is undefined or false', () => {
  const items = [1, 2].map((count) => markup`<li>${count}</li>`);
  expect(String(markup`<ul>${items}</ul>${undefined}${false}`)).toBe('<ul><li>1</li><li>2</li></ul>');
});

test('keeps backslashes of the text and of values', () => {
  expect(String(markup`a\\b${'c\\n'}`)).toBe('a\\bc\\n');
});
