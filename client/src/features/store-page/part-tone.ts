/** Colours of a store's parts. Pure. A healthy start and a requested deletion show no red. */
import type { Claim, Container, Pod, Store, Workload } from '@shopyard/contracts';

export type PartTone = 'good' | 'busy' | 'bad' | 'quiet';

export type Part =
  | { kind: 'workload'; part: Workload }
  | { kind: 'pod'; part: Pod }
  | { kind: 'container'; part: Container }
  | { kind: 'volume'; part: Claim };

/** Transient reasons that every container and pod reports for a while. */
const HARMLESS = new Set(['PodInitializing', 'ContainerCreating', 'Completed', 'Terminating']);
/** Harmless until the server reports that the store needs attention. */
const EARLY = new Set(['Unschedulable', 'CreateContainerConfigError']);

export function partTone(of: Part, { phase, attention: { level } }: Pick<Store, 'phase' | 'attention'>): PartTone {
  if (phase === 'Deleting') return 'quiet';
  switch (of.kind) {
    case 'workload':
      return of.part.failed ? 'bad' : of.part.ready ? 'good' : 'busy';
    case 'volume':
      if (of.part.terminating || of.part.phase === 'Lost') return 'bad';
      return of.part.phase === 'Bound' ? 'good' : 'busy';
    case 'pod': {
      const { ready, phase: podPhase, reason } = of.part;
      if (ready || podPhase === 'Succeeded') return 'good';
      return isTrouble(reason, level) || podPhase === 'Failed' ? 'bad' : 'busy';
    }
    case 'container': {
      const { ready, state, exitCode = 0, reason } = of.part;
      if (ready || (state === 'terminated' && exitCode === 0)) return 'good';
      return exitCode !== 0 || isTrouble(reason, level) ? 'bad' : 'busy';
    }
  }
}

function isTrouble(reason: string | undefined, level: Store['attention']['level']): boolean {
  if (reason === undefined || HARMLESS.has(reason)) return false;
  return level === 'stuck' || level === 'broken' || !EARLY.has(reason);
}
