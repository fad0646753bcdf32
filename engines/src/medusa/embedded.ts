/** Medusa on the embedded cluster: simulated, or in Node with PostgreSQL. Loaded by the cluster's process. */
import { join } from 'node:path';
import type { ContainerRuntime, EmbeddedEngine, Exit, RuntimeHost } from '@shopyard/simulator/processes';
import { refreshApplication } from './embedded/application.ts';
import { Installation } from './embedded/installation.ts';
import type { MedusaOptions } from './embedded/options.ts';
import { createMedusaRuntime } from './embedded/runtime.ts';
import { serveShop } from './embedded/shop.ts';
import { simulatedReport } from './embedded/setup-report.ts';

const MEDUSA = /medusa[:@]/;

/** Says why in the log of every container that would run for real, and ends it. */
function refuse(why: string, { below }: RuntimeHost): ContainerRuntime {
  return {
    start(start) {
      if (!MEDUSA.test(start.container.image ?? '')) return below.start(start);
      start.log(why);
      const exited = Promise.resolve<Exit>({ exitCode: 1, reason: 'Error' });
      return { exited, onReadiness: () => undefined, stop: () => undefined };
    },
  };
}

/** Installs it for the first store that asks for it, and brings our code into it. */
function installer({ application, installs }: MedusaOptions): ContainerRuntime['bring'] {
  if (installs === undefined) return undefined;
  const installation = new Installation({ folder: installs });
  let isReady = false;
  return (image, say) => {
    if (isReady || !MEDUSA.test(image)) return undefined;
    const report = (progress: string): void => say(`Medusa is being installed, once (${progress})`);
    return installation.start(report).then(() => {
      const why = refreshApplication(application);
      if (why !== undefined) throw new Error(why);
      isReady = true;
    });
  };
}

const engine: EmbeddedEngine = {
  simulated: [
    {
      image: /(^|\/)postgres[:@]/,
      behaviour: {
        readyMs: 1200,
        lines: [
          'LOG:  starting PostgreSQL',
          'LOG:  listening on IPv4 address "0.0.0.0", port 5432',
          'LOG:  database system is ready to accept connections',
        ],
      },
    },
    {
      image: MEDUSA,
      behaviour: {
        readyMs: 2500,
        serve: serveShop,
        reports: simulatedReport,
        lines: [
          '{"level":"info","message":"Creating server"}',
          '{"level":"info","message":"Server is ready on port: 9000"}',
        ],
      },
    },
  ],
  createRuntime(options, host) {
    // The server that starts the simulator sends them.
    const own = options as MedusaOptions;
    const bring = installer(own);
    const why = bring ? undefined : refreshApplication(own.application);
    if (why !== undefined) return refuse(why, host);
    const runtime = createMedusaRuntime(join(own.application, 'embedded.ts'), own, host);
    return bring ? { start: (start) => runtime.start(start), bring } : runtime;
  },
};

export default engine;
