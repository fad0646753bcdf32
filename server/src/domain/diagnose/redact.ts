/** What a program says before it dies may hold what nobody should read, and what no terminal should act on. */
import { toTerminalText } from '@shopyard/contracts';

const SECRET =
  /((?:pass(?:word|wd)?|pwd|secret|token|api[-_]?key|authorization|salt|auth[-_]?key)["']?\s*(?:=>|[=:])\s*["']?)[^\s"',;)]+/gi;
/** `user:password@host` in an address. */
const IN_ADDRESS = /(:\/\/[^\s:/@]+:)[^\s@/]+@/g;

export function redact(text: string): string {
  return text.replaceAll(SECRET, '$1[redacted]').replaceAll(IN_ADDRESS, '$1[redacted]@');
}

/** The last lines of a log, in one line, redacted; empty when there are none. */
export function lastWords(log: string, lines = 3): string {
  const last = log
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(-lines);
  // First, so that no escape sequence hides a secret's name.
  return redact(toTerminalText(last.join(' | '))).slice(0, 400);
}
