/** Facts about one engine stay in its folder: no other code names its parts. */
import type { Node } from 'oxc-parser';
import { faultAt, type Rule, walk } from '../source.ts';

const WORDS = new Set(['mariadb', 'wordpress', 'postgres', 'medusa', 'setup', 'cron']);
const HOME = /^(?:engines|stores-in-node|simulator\/src\/runtimes|scripts\/lint)\//;
/** Kubernetes' names, and reasons, whose names are part of the API. */
const OTHERS = /cron_?jobs?|Setup(?:Failed|Retrying)/gi;

/** Files that may use these words, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'contracts/src/platform/platform.ts': '`cluster.stores` keeps its values for one release',
  'contracts/src/reasons/pod-reasons.ts': 'English: the first tasks of a revision are the setup of the store',
  'client/src/features/settings/plan-view.tsx': 'English: the setup of the store runs again',
  'contracts/src/stores/store.ts': 'the list of engines',
  'contracts/src/reasons/shop-reasons.ts': 'its remedy is for the shops of either engine',
  'contracts/src/stores/store-schedule.ts': 'cron expressions, a format',
  'contracts/src/stores/store-plan.ts': 'English: the setup of the store runs again',
  'scripts/bench/api.ts': 'an option of autocannon',
  'scripts/bench/embedded.ts': 'measures WordPress in Node',
  'scripts/bench/plan.ts': 'plans changes of a WooCommerce store',
  'scripts/bench/lib/pod.ts': 'breaks the database of a WooCommerce store',
  'scripts/bench/releases.ts': 'installs the WooCommerce chart without a server',
  'scripts/src/charts/released-charts.ts': 'packs the charts of all engines',
  'scripts/src/docs/store-values.ts': 'a page for each engine',
  'scripts/src/setup/install-medusa.ts': 'installs it',
  'scripts/src/docs/screenshot-states.ts': 'its stores are WooCommerce stores',
  'server/src/chart/check-php-sizes.ts': 'checks values that only the WooCommerce chart has',
  'server/src/app/platform/server-health.ts': '`cluster.stores` keeps its values for one release',
  'server/src/app/stores/plan/impact.ts': 'English: the setup of the store runs again',
  'server/src/compose/open-access.ts': 'the file that holds the code of the first account',
  'server/src/config/old-names.ts': 'accepts the names that variables had before',
  'server/src/domain/calendar.ts': 'cron expressions, a format',
  'server/src/domain/change-window.ts': 'cron expressions, a format',
  'server/src/domain/diagnose/diagnose-pod.ts': 'English, within messages: the setup of the store',
  'server/src/domain/diagnose/diagnose.ts': 'English, within messages: the setup of the store',
  'server/src/storage/sqlite/migrations/0008-application-ready.ts': 'names what databases held before',
  'testkit/src/real-stores.ts': 'finds the code that real WooCommerce stores run',
  'simulator/src/apiserver/admission/validate.ts': 'names the length limit of CronJobs',
};

export const engineWords: Rule = (source) => {
  if (HOME.test(source.file)) return [];
  const faults: string[] = [];
  walk(source.program, (node) => {
    const word = wordIn(node);
    if (word !== undefined)
      faults.push(faultAt(source, node, `"${word}" belongs to one engine: ask the engine for it`));
  });
  if (!(source.file in EXCEPTIONS)) return faults;
  return faults.length > 0
    ? []
    : [`${source.file}: no longer needs an exception in scripts/lint/rules/engine-words.ts`];
};

function wordIn(node: Node): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return find(node.name);
    case 'Literal':
      return typeof node.value === 'string' ? find(node.value) : undefined;
    case 'TemplateElement':
      return find(node.value.raw);
    case 'JSXText':
      return find(node.value);
    default:
      return undefined;
  }
}

/** Matches whole words, also within camelCase. `isSetUp` and `set up` are English and allowed. */
function find(text: string): string | undefined {
  const joined = text.replaceAll(OTHERS, '').replaceAll(/wordpress|mariadb/gi, (word) => ` ${word.toLowerCase()} `);
  const words = joined.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').match(/[A-Za-z]+/g) ?? [];
  return words.find((word) => WORDS.has(word.toLowerCase()));
}
