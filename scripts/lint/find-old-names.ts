/** One name per concept: names that docs/glossary.md replaced stay out of the code. */
import type { Sources } from './find-wall-breaches.ts';

/** Old name → the one to use. rules/old-words.ts has the words that no name may contain. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  StoreView: 'StoreObservation',
  StoreIdentity: 'StoreSpec',
  identityOf: 'toSpec',
  StoreCluster: 'StoreResources',
  Inspection: 'ClusterReads',
  StoreBoard: 'LiveStores',
  Grouped: 'IndexedReflector',
  decideAction: 'plan',
  planAction: 'plan',
  EventHub: 'Hub',
  StoresEvent: 'StoresUpdate',
  markAbsent: 'requestDeletion',
  markForced: 'forceFinalizers',
  startAnew: 'requestRetry',
  releaseFinalizers: 'removeFinalizers',
  NotYetError: 'RetryError',
  onEffect: 'crashPoint',
  DemoBoard: 'DemoStores',
  StoreDoor: 'StoreAccess',
  StoreGate: 'StoreAgents',
  newsAfter: 'batchAfter',
  seqOf: 'parseCursor',
};

/** One sentence per place. */
export function findOldNames(sources: Sources, names = OLD_NAMES): string[] {
  const pattern = new RegExp(`\\b(${Object.keys(names).join('|')})\\b`);
  return [...sources].flatMap(([file, text]) =>
    text.split('\n').flatMap((line, index) => {
      const [, old = ''] = pattern.exec(line) ?? [];
      return old === '' ? [] : [`${file}:${index + 1}: ${old} is called ${names[old]} (docs/glossary.md)`];
    }),
  );
}
