import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toTerminalText } from './terminal-text.ts';

const UNSAFE = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u;

describe('toTerminalText', () => {
  test.each<{ what: string; text: string; shown: string }>([
    { what: 'keeps text, umlauts and emoji', text: 'Müll 🛒 → "x"', shown: 'Müll 🛒 → "x"' },
    { what: 'removes colours', text: '\u001B[31mred\u001B[0m', shown: 'red' },
    { what: 'removes cursor movement', text: 'a\u001B[2K\u001B[1;1Hb', shown: 'ab' },
    { what: 'removes a title (OSC, ended by BEL)', text: 'a\u001B]0;title\u0007b', shown: 'ab' },
    { what: 'removes a title (OSC, ended by ST)', text: 'a\u001B]0;title\u001B\\b', shown: 'ab' },
    { what: 'removes a link, keeps its text', text: '\u001B]8;;http://x\u0007link\u001B]8;;\u0007', shown: 'link' },
    { what: 'removes DCS strings', text: 'a\u001BPq#0\u001B\\b', shown: 'ab' },
    { what: 'removes sequences of C1 controls', text: 'a\u009B31mb\u009D0;t\u009Cc', shown: 'abc' },
    { what: 'removes a full reset', text: 'a\u001Bcb', shown: 'ab' },
    { what: 'replaces the start of an unfinished OSC', text: 'a\u001B]0;title', shown: 'a\uFFFD]0;title' },
    { what: 'replaces a lone escape', text: 'a\u001B', shown: 'a\uFFFD' },
    { what: 'replaces carriage returns', text: 'good\rbad', shown: 'good\uFFFDbad' },
    { what: 'replaces backspaces', text: 'ok\b\bno', shown: 'ok\uFFFD\uFFFDno' },
    { what: 'replaces NUL, BEL and DEL', text: '\u0000\u0007\u007F', shown: '\uFFFD\uFFFD\uFFFD' },
    { what: 'replaces a lone C1 control', text: 'a\u0085b', shown: 'a\uFFFDb' },
    { what: 'replaces bidirectional overrides', text: 'a\u202Eb\u2066c', shown: 'a\uFFFDb\uFFFDc' },
    { what: 'puts lines and tabs into one line', text: 'one\r\ntwo\nthree\tfour', shown: 'one two three four' },
    {
      what: 'leaves no newly formed sequence',
      text: '\u001B\u001B[31m[31mx',
      shown: '\uFFFD[31mx',
    },
  ])('$what', ({ text, shown }) => {
    expect(toTerminalText(text)).toBe(shown);
  });

  test('leaves nothing that a terminal acts on', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u001B',
        '\u001B[',
        '\u001B]0;',
        '\u009B',
        '\u009D',
        '\u0007',
        '\u001B\\',
        '31m',
        '\r',
        '\u202E',
      ),
    );
    fc.assert(
      fc.property(fc.array(hostile), (parts) => {
        expect(toTerminalText(parts.join(''))).not.toMatch(UNSAFE);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['\u001B', '\u001B]', '\u009D', '\u001B[', '\u001B[0;'])('takes linear time for many of %j', (start) => {
    const started = performance.now();
    toTerminalText(start.repeat(300_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
