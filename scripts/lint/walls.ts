/**
 * Which room may import from which, type imports included. Everything else is rejected, as is a folder without a row:
 * add a new room here first. docs/architecture.md describes the rooms.
 */
import type { Walls } from './find-wall-breaches.ts';

const CONTRACTS = 'contracts/src';
/** The router that a server mounts, and the services it must provide. Clients see neither. */
const ROUTER = 'contracts/src/router';
const PORTS = 'contracts/src/services';
const ENGINES = 'engines/src';
const SDK = 'sdk/src';
const TESTS = ['simulator/src', 'stores-in-node/src'];

const server = (...rooms: string[]): string[] => rooms.map((room) => `server/src/${room}`);
const client = (...rooms: string[]): string[] => rooms.map((room) => `client/src/${room}`);
/** Rooms for both reconcilers and use cases, which never import from each other. */
const STAGES = server(
  'kit',
  'domain',
  'storage',
  'live',
  'chart',
  'kube',
  'helm',
  'cluster',
  'cluster-lease',
  'store-access',
);

export const WALLS: Walls = {
  [CONTRACTS]: [ROUTER, PORTS],
  'contracts/src/index': [CONTRACTS, ROUTER],
  [ROUTER]: [CONTRACTS],
  [PORTS]: [CONTRACTS],
  'simulator/src': [],
  'stores-in-node/src': [],
  [ENGINES]: [CONTRACTS],
  // The embedded cluster's process loads it.
  'engines/src/woocommerce/embedded': ['simulator/src'],
  'engines/src/medusa/embedded': ['simulator/src'],
  // Runs in a store's own pod.
  'engines/medusa/image': [],
  [SDK]: [CONTRACTS],

  'server/src/kit': [],
  'server/src/config': [CONTRACTS, ...server('kit')],
  'server/src/embedded': [CONTRACTS, ENGINES, ...server('kit', 'config'), ...TESTS],
  'server/src/kube': server('kit'),
  'server/src/helm': server('kit'),
  'server/src/domain': [CONTRACTS, ENGINES, ...server('kit')],
  'server/src/live': [CONTRACTS, ...server('kit')],
  'server/src/chart': [CONTRACTS, ENGINES, ...server('kit', 'kube', 'chart/value-comments')],
  'server/src/chart/value-comments': [],
  'server/src/storage': [CONTRACTS, ...server('kit', 'domain')],
  // Whoever reads or changes a store does it through the interface.
  'server/src/storage/sqlite': [CONTRACTS, ...server('kit', 'domain', 'storage')],
  'server/src/cluster': [CONTRACTS, ENGINES, ...server('kit', 'kube', 'helm', 'domain')],
  'server/src/cluster-lease': [CONTRACTS, ...server('kit', 'kube', 'helm')],
  'server/src/store-access': [CONTRACTS, ENGINES, ...server('kit', 'kube', 'domain', 'cluster')],
  'server/src/reconcile': [CONTRACTS, ENGINES, ...STAGES],
  'server/src/app': [CONTRACTS, PORTS, ENGINES, ...STAGES],
  'server/src/api': [CONTRACTS, ROUTER, PORTS, ...server('kit', 'config', 'app', 'store-access')],
  'server/src/compose': [
    CONTRACTS,
    PORTS,
    ENGINES,
    ...STAGES,
    ...server('storage/sqlite', 'config', 'embedded', 'reconcile', 'app', 'api'),
  ],
  'server/src/main': [CONTRACTS, ...server('compose', 'config', 'kit', 'cluster-lease', 'api')],
  'server/src/verify-audit': server('config', 'storage/sqlite'),
  'server/src/reset-admin': server('config', 'kit', 'app', 'storage/sqlite'),
  'server/src/move-releases': [ENGINES, ...server('config', 'kube', 'cluster')],

  'client/src/main': client('app', 'live', 'lib'),
  'client/src/app': [CONTRACTS, ...client('features', 'live', 'ui', 'lib')],
  'client/src/features': [CONTRACTS, ...client('live', 'ui', 'lib')],
  'client/src/live': [CONTRACTS, SDK, ...client('lib')],
  'client/src/ui': [CONTRACTS, ...client('live', 'lib')],
  'client/src/lib': [CONTRACTS],

  'scripts/lint': [],
  'testkit/src': [CONTRACTS, SDK],
  'scripts/src': [CONTRACTS, SDK, 'testkit/src'],
  // The page of values and the server read the chart's comments alike.
  'scripts/src/docs': [CONTRACTS, SDK, 'testkit/src', 'scripts/src', 'server/src/chart/value-comments'],
  // Packs charts as the server does.
  'scripts/src/charts': ['server/src/chart'],
  // Installs what the embedded cluster would.
  'scripts/src/setup': ['scripts/src', 'engines/src/medusa/embedded'],
  'scripts/bench': [CONTRACTS, SDK, 'testkit/src', 'scripts/src'],
};
