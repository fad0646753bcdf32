/** Somebody's text in a sentence of ours. */

/** Control characters, and what YAML readers take for a line break or can't read. */
export const CONTROL = /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u;

const MAX_LENGTH = 100;

/** On one line, without control characters, and cut. */
export function toPrintable(text: string): string {
  return (
    CONTROL.test(text) ? JSON.stringify(text).slice(1, -1).replaceAll(new RegExp(CONTROL, 'gu'), '�') : text
  ).slice(0, MAX_LENGTH);
}
