/** What people call the browser or program that sent this User-Agent: `Firefox on Linux`. Pure. */
const BROWSERS = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\b(?:Headless)?Chrom(?:e|ium)\/|\bCriOS\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*Safari\//, 'Safari'],
] as const;
const SYSTEMS = [
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const;

export function browserName(agent: string): string {
  const [, browser] = BROWSERS.find(([form]) => form.test(agent)) ?? [];
  const [, system] = SYSTEMS.find(([form]) => form.test(agent)) ?? [];
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`;
  // A program, such as `curl/8.5.0`.
  return agent.split(/[\s/]/, 1)[0] || 'Unknown';
}
