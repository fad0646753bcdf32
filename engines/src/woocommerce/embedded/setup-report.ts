/** What a simulated setup reports by its termination message. Pure. */
import type { ContainerStart } from '@shopyard/simulator/processes';

/** What a simulated setup would report; `undefined` for another container. */
export function simulatedReport({ name, image = '', env = [] }: ContainerStart['container']): string | undefined {
  if (name !== 'setup') return undefined;
  const valueOf = (variable: string): string => env.find((one) => one.name === variable)?.value ?? '';
  const { wordpress, php } = /:(?<wordpress>[\d.]+)(?:-php(?<php>[\d.]+))?[^:/]*$/.exec(image)?.groups ?? {};
  const woocommerce = valueOf('WOOCOMMERCE_ENABLED') === 'true' ? valueOf('WOOCOMMERCE_VERSION') : '';
  const versions = { woocommerce, wordpress, php, woocommerce_db: woocommerce };
  return JSON.stringify(Object.fromEntries(Object.entries(versions).filter(([, version]) => version)));
}
