/** Makes foreign text safe to quote in our messages. */

/** Control characters, and characters that YAML parsers take for line breaks or can't read. */
export const CONTROL = /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u;

const MAX_LENGTH = 100;

/** Returns one truncated line without control characters. */
export function toPrintable(text: string): string {
  return (
    CONTROL.test(text) ? JSON.stringify(text).slice(1, -1).replaceAll(new RegExp(CONTROL, 'gu'), '�') : text
  ).slice(0, MAX_LENGTH);
}
