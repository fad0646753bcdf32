/** Phrases that were replaced for readers stay out of all texts: of the screens, errors, diagnoses and scripts. */
import type { Node } from 'oxc-parser';
import { faultAt, type Rule, walk } from '../source.ts';

/** Old phrase, between word boundaries → what to say instead. */
const OLD_PHRASES: readonly (readonly [phrase: string, instead: string])[] = [
  ['call(ed|s)? off', 'cancel'],
  ['(un)?tick(ed|s)?', 'select, clear'],
  ['anew', 'again'],
  ['mend(ed|s)?', 'fix, repair'],
  ['what it consists of', 'resources'],
  ['the run before this one', 'previous run'],
  ['show the evidence', 'show events'],
  ['(read again|asking helm|looking…)', 'refresh, loading'],
  ['no store fits', 'no stores match'],
  ['there is no such', 'not found'],
  ['nothing of (it|the \\w+) (is|runs)', 'deleted, not running'],
  ['(is|are) played', 'simulated'],
  ['(is|are) taken out', 'redacted, removed'],
  ['knows no such', 'unknown'],
  ['ended with exit code', 'crashed'],
  ['fits on no node', "can't be scheduled"],
  ['out of reach', 'unreachable'],
  ['tak(e|ing) finalizers off', 'remove finalizers'],
  ['looks again', 'refreshes'],
  ['is no (name|code) (of|such)', 'is not'],
  ['need not be', "don't have to"],
  ['by now', 'so far'],
  ['can not', "can't, cannot"],
];
const PATTERNS = OLD_PHRASES.map(([phrase, instead]) => ({
  pattern: new RegExp(`(?<![\\w-])${phrase}(?![\\w-])`, 'i'),
  instead,
}));

export const oldPhrases: Rule = (source) => {
  // The simulator speaks as Kubernetes does.
  if (/^(scripts\/lint|simulator)\//.test(source.file)) return [];
  const faults: string[] = [];
  walk(source.program, (node) => {
    const text = textOf(node);
    for (const { pattern, instead } of PATTERNS) {
      const [found] = pattern.exec(text) ?? [];
      if (found !== undefined) faults.push(faultAt(source, node, `"${found}" is an old phrase, say ${instead}`));
    }
  });
  return faults;
};

/** What people may read, without the names of parameters, properties and events, which are single words. */
function textOf(node: Node): string {
  const text =
    node.type === 'Literal' && typeof node.value === 'string'
      ? node.value
      : node.type === 'TemplateElement'
        ? node.value.raw
        : node.type === 'JSXText'
          ? node.value
          : '';
  return text.includes(' ') ? text.replaceAll(/\s+/g, ' ') : '';
}
