/** A simulated setup whose migration fails or stalls on demand: what it says, as setup-migrate.php words it. Pure. */
import type { ContainerStart } from '@shopyard/simulator/processes';

/** What the database of a simulated store has before it is upgraded: the chart's default. */
const HAS = '11.0.1';

/** How far it gets; another container of the image gets nowhere. */
export function stuckMigration({ name }: ContainerStart['container']): { lines: string[]; why: string[] } {
  if (name !== 'setup') return { lines: [], why: [] };
  const steps = ['content', 'core', 'unpack', 'plugin', 'migrate', 'migrate 1 of 3', 'migrate 2 of 3'];
  return {
    lines: steps.map((step) => `setup: ${step}`),
    why: [
      "setup: the update wc_update_1110_lookup_tables of WooCommerce's database failed: Lock wait timeout exceeded",
      `setup: no order is lost. Retry goes on with the database of version ${HAS}; woocommerce.version can go back to ${HAS}, no further`,
    ],
  };
}
