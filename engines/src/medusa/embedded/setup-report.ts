/** What a simulated setup reports by its termination message. Pure. */
import type { ContainerStart } from '@shopyard/simulator/processes';

/** `undefined` for another container. */
export function simulatedReport({ name, image = '' }: ContainerStart['container']): string | undefined {
  if (name !== 'setup') return undefined;
  const medusa = /:(?<version>\d+(?:\.\d+)+)[^:/]*$/.exec(image)?.groups?.['version'];
  return medusa === undefined ? undefined : JSON.stringify({ medusa });
}
