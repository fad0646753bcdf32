/** The embedded cluster in this process, with the engines that the server has. */
import woocommerce from '@shopyard/engines/woocommerce/embedded';
import { type Simulator, type SimulatorOptions, startSimulator as start } from '@shopyard/simulator';

export type { Simulator, SimulatorOptions };

export function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  return start({ engines: [{ engine: woocommerce }], ...options });
}
