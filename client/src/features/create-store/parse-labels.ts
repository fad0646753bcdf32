/** Labels as people write them: `team=shops, season=summer`. Pure. */
import { LABEL, MAX_LABELS, TOO_MANY_LABELS, WRONG_LABEL } from '@shopyard/contracts';

export interface ParsedLabels {
  labels: Record<string, string>;
  /** What to change, one sentence each. */
  problems: string[];
}

/** Pairs are separated by commas, semicolons or line breaks, a name from its value by `=` or `:`. */
export function parseLabels(text: string): ParsedLabels {
  const labels = new Map<string, string>();
  const problems: string[] = [];
  for (const pair of text.split(/[,;\n]/).map((part) => part.trim())) {
    if (pair === '') continue;
    const [, name = '', value] = /^([^=:]*)(?:[=:](.*))?$/.exec(pair) ?? [];
    const [key, given] = [name.trim(), value?.trim()];
    if (given === undefined) problems.push(`"${pair}": write a name and a value, such as team=shops`);
    else if (!LABEL.test(key) || !LABEL.test(given)) problems.push(`"${pair}": ${WRONG_LABEL}`);
    else if (labels.has(key)) problems.push(`"${key}" is given twice`);
    else labels.set(key, given);
  }
  if (labels.size > MAX_LABELS) problems.push(TOO_MANY_LABELS);
  return { labels: Object.fromEntries(labels), problems };
}
