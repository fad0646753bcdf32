/** What a task says in its log: a line `TASK: STEP` at each step, and at the end why it fails. Pure. */
import { lastWords } from './redact.ts';

export interface TaskWords {
  /** The last one that it began. */
  step: string | undefined;
  /** Its last lines since then, or all in all. */
  said: string;
}

export function readTaskWords(task: string, log: string, lines: number): TaskWords {
  const mark = [...log.matchAll(/^([\w-]+): (\w+)(?: \d+ of \d+)?$/gm)].findLast(([, name]) => name === task);
  const own = (text: string): string =>
    lastWords(
      text
        .split('\n')
        .map((line) => (line.startsWith(`${task}: `) ? line.slice(task.length + 2) : line))
        .join('\n'),
      lines,
    );
  const since = mark ? own(log.slice(mark.index + mark[0].length)) : '';
  return { step: mark?.[2], said: since || own(log) };
}
