/** One name per concept: words that docs/glossary.md replaced stay out of identifiers, also within camelCase. */
import type { Node } from 'oxc-parser';
import { faultAt, type Rule, walk } from '../source.ts';

/** Old word → what to say instead. */
const OLD_WORDS: Readonly<Record<string, string>> = {
  anew: 'say retry, recreate or rebuild',
  board: 'say live stores',
  door: 'say store access',
  gate: 'say store agents',
  mend: 'say fix or repair',
  mended: 'say fixed or repaired',
  pips: 'say ready dots',
  played: 'say simulated',
  tell: 'say notify or report',
  ticked: 'say selected',
  timeline: 'say history',
  told: 'say notified, or name what it holds',
  unticked: 'say cleared',
  wish: 'say spec',
};

/** Names that the API keeps: the procedure `stores.timeline` and the key of its answer. */
const API_NAMES: ReadonlySet<string> = new Set(['timeline']);

/** Files that may use these words, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'client/src/features/store-list/selection.ts': 'reads the parameter `ticked` of links from 0.1',
};

export const oldWords: Rule = (source) => {
  if (source.file.startsWith('scripts/lint/') || source.file in EXCEPTIONS) return [];
  const faults = new Set<string>();
  walk(source.program, (node) => {
    const name = nameOf(node);
    const word =
      name === undefined || API_NAMES.has(name)
        ? undefined
        : wordsOf(name).find((word) => Object.hasOwn(OLD_WORDS, word));
    if (word !== undefined)
      faults.add(faultAt(source, node, `${name}: "${word}" is an old name, ${OLD_WORDS[word]} (docs/glossary.md)`));
  });
  return [...faults];
};

function nameOf(node: Node): string | undefined {
  return node.type === 'Identifier' || node.type === 'PrivateIdentifier' ? node.name : undefined;
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}
