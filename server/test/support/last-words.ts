/** What the pods of a store logged last, for tests that fail: they are gone by the time that anybody looks. */
import type { Tools } from './tools.ts';

const LINES = 20;
/** Among hundreds of lines of an access log. */
const TELLING = /err|warn|fatal|fail|refused|denied|kill/i;

export async function lastWords(tools: Tools, namespace: string): Promise<string> {
  const call = (...args: string[]): Promise<string> => tools.kubectl('-n', namespace, ...args).catch(() => '');
  const pods = (await call('get', 'pods', '-o', 'name')).split('\n').filter(Boolean);
  const logs = await Promise.all(
    pods.map(async (pod) => {
      const log = await call('logs', pod, '--all-containers', '--timestamps', '--tail=1000');
      const lines = log.split('\n').filter((line) => TELLING.test(line));
      return [`${namespace} ${pod}:`, ...lines.slice(-LINES)].join('\n  ');
    }),
  );
  const warnings = await call('get', 'events', '--field-selector', 'type=Warning', '--sort-by', '.lastTimestamp');
  return [...logs, `${namespace} warnings:`, ...warnings.split('\n').slice(-LINES)].join('\n');
}
