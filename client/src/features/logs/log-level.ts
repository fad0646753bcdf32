/**
 * Levels of lines, as Apache, PHP, MariaDB, nginx and loggers of JSON write them, and from the status of access lines.
 * Every expression here is anchored, or matches a word alone, so that long lines stay cheap. Pure.
 */

export const LEVELS = ['error', 'warning', 'info'] as const;
export type Level = (typeof LEVELS)[number];

const WORDS: Readonly<Record<string, Level>> = {
  emerg: 'error',
  emergency: 'error',
  alert: 'error',
  crit: 'error',
  critical: 'error',
  fatal: 'error',
  panic: 'error',
  error: 'error',
  err: 'error',
  warn: 'warning',
  warning: 'warning',
};

/** Characters of a line that are looked at. */
const LOOKED_AT = 2000;
/** `[php:error]`, `[mpm_prefork:notice]`, `[error]`, `[Note]` near the beginning. */
const BRACKETED =
  /\[(?:[a-z]\w{0,30}:)?(emerg|alert|crit|error|err|warn|warning|notice|note|info|debug|trace\d?|system)\]/i;
const BRACKETED_WITHIN = 120;
const PHP = /^(?:\[[^\]]{1,60}\] )?PHP (Fatal error|Parse error|Recoverable fatal error|Warning|Notice|Deprecated)\b/;
/** `"GET / HTTP/1.1" 200 12` of the common and the combined format. */
const ACCESS = /" ([1-5]\d\d) (?:\d+|-)(?: "|$)/;
const PREFIXED = /^(?:\S{1,40} )?(fatal|panic|error|warning|warn|info)(?::| - )/i;
/** Lines that continue the one before: of stack traces, mostly. */
const CONTINUED = /^(?:\s+\S|#\d+ |Stack trace:|thrown in )/;

export function levelOf(line: string): Level | undefined {
  const text = line.slice(0, LOOKED_AT);
  if (text.startsWith('{')) return levelOfJson(line);
  const access = ACCESS.exec(text)?.[1];
  if (access !== undefined && text.includes(' "')) return levelOfStatus(Number(access));
  const php = PHP.exec(text)?.[1];
  if (php !== undefined) return php.endsWith('error') ? 'error' : php === 'Warning' ? 'warning' : 'info';
  const word = BRACKETED.exec(text.slice(0, BRACKETED_WITHIN))?.[1] ?? PREFIXED.exec(text)?.[1];
  return word === undefined ? undefined : (WORDS[word.toLowerCase()] ?? 'info');
}

export function isContinued(text: string): boolean {
  return CONTINUED.test(text);
}

/** A request by which the kubelet checks a container. */
export function isProbe(text: string): boolean {
  return text.includes('kube-probe/');
}

function levelOfStatus(status: number): Level {
  return status >= 500 ? 'error' : status >= 400 ? 'warning' : 'info';
}

function levelOfJson(text: string): Level | undefined {
  const fields = parseObject(text);
  const level = fields?.['level'] ?? fields?.['severity'] ?? fields?.['lvl'];
  // Of pino and bunyan: 60 is fatal, 50 error, 40 warning.
  if (typeof level === 'number') return level >= 50 ? 'error' : level >= 40 ? 'warning' : 'info';
  if (typeof level === 'string') return WORDS[level.toLowerCase()] ?? 'info';
  const status = Number(fields?.['status'] ?? fields?.['statusCode']);
  return Number.isInteger(status) && status >= 100 && status < 600 ? levelOfStatus(status) : undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    // Holds: it begins with a brace, so JSON of it is an object.
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
