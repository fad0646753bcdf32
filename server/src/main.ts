/** Entry point: configuration, log, signals. start-server.ts does the wiring. */
import { toTerminalText } from '@shopyard/contracts';
import { pino } from 'pino';
import { ClusterHeldError } from './cluster-lease/lease-errors.ts';
import { readConfig } from './config/config.ts';
import { ConfigError } from './kit/config-error.ts';
import { ListenError } from './api/listen-address.ts';
import { startServer } from './compose/start-server.ts';
import { DataDirError } from './kit/data-lock.ts';

/** Time limit of a shutdown. The next start continues from what the database holds. */
const SHUTDOWN_MS = 20_000;

function fail(error: unknown): never {
  const expected = [ConfigError, ListenError, DataDirError, ClusterHeldError].some((kind) => error instanceof kind);
  const say = (line: string): void => void process.stderr.write(`${toTerminalText(line)}\n`);
  `shopyard: ${error instanceof Error ? error.message : String(error)}`.split('\n').forEach(say);
  if (!expected && error instanceof Error) (error.stack ?? '').split('\n').forEach(say);
  process.exit(1);
}

// Every file the server writes is private: databases, kubeconfig, helm's files.
process.umask(0o077);
try {
  const config = readConfig();
  const log = pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: pino.stdSerializers.err },
    },
    pino.destination({ dest: 2, sync: true }),
  );
  const server = await startServer(config, log, { onFatal: fail });

  let ending = false;
  const end = (signal: NodeJS.Signals): void => {
    if (ending) process.exit(130);
    ending = true;
    log.info(`${signal}: shutting down`);
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    server.close().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', end).on('SIGINT', end);
  // Must come last: its reader may stop the server at once, and the shutdown has to free the cluster's Lease.
  process.stdout.write(`Shopyard is ready at ${server.url}\n`);
  if (server.entryLink) process.stdout.write(`${server.entryLink}\n`);
  if (server.whichAreReal) process.stdout.write(`${server.whichAreReal}\n`);
  if (config.publicUrl) process.stdout.write(`Others reach it at ${config.publicUrl.origin}\n`);
} catch (error) {
  fail(error);
}
