import { describe, expect, test } from 'vitest';
import { animate } from './animate.ts';

const svg = (...frames: [at: number, ...lines: string[]][]): string =>
  animate(
    frames.map(([at, ...lines]) => ({ at, lines })),
    'A demo',
  );

describe('animate', () => {
  test('draws an unchanged line once', () => {
    const drawn = svg([0, 'title', 'a Queued'], [5000, 'title', 'a Ready']);
    expect(drawn.match(/>title</g)).toHaveLength(1);
    expect(drawn).toContain('@keyframes k0{0%{opacity:1}100%{opacity:1}}');
    expect(drawn).toContain('@keyframes k1{0%{opacity:1}50.00%{opacity:0}}');
    expect(drawn).toContain('@keyframes k2{0%{opacity:0}50.00%{opacity:1}100%{opacity:1}}');
  });

  test('escapes text and wraps long lines between words', () => {
    const drawn = svg([0, `${'word '.repeat(30)}<end>`]);
    expect(drawn).toContain('&lt;end>');
    expect(drawn.match(/<text/g)).toHaveLength(2);
  });

  test('starts each run at its column', () => {
    expect(svg([0, 'ab  Ready'])).toContain('<tspan x="16.0">ab</tspan><tspan x="49.6" class="good">Ready</tspan>');
  });
});
