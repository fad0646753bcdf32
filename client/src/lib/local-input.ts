const LENGTHS = { minutes: 16, seconds: 19 };

/** The value of an input of a date and time in this machine's zone: `2026-06-10T12:00`. `at`: ISO 8601. */
export function toLocalInput(at: string, precision: keyof typeof LENGTHS = 'minutes'): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, LENGTHS[precision]);
}
