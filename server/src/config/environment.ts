/** The variables that the server reads, with their defaults. */
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { parseChangeWindow } from './change-window.ts';
import { listenVariables } from './listen-config.ts';

const budget = z.coerce.number('must be seconds').min(1, 'must be at least 1 second');

export const environmentSchema = z.object({
  ...listenVariables,
  SHOPYARD_DATA_DIR: z.string().default('data'),
  SHOPYARD_CLUSTER: z
    .enum(['embedded', 'kubeconfig', 'in-cluster'], 'must be embedded, kubeconfig or in-cluster')
    .default('embedded'),
  SHOPYARD_CONTEXT: z.string().optional(),
  SHOPYARD_ADOPT: z
    .string()
    .regex(/^(in_[0-9a-f]{16}|unknown)$/, 'must be an installation id such as in_7f3a…, or unknown')
    .optional(),
  SHOPYARD_STORE_VALUES: z.string().optional(),
  SHOPYARD_STORE_RULES: z.string().optional(),
  SHOPYARD_STORE_DOMAIN: z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
      'must be a domain such as shops.example.net',
    )
    .max(200, 'must have at most 200 characters')
    .optional(),
  SHOPYARD_OIDC_FILE: z.string().optional(),
  SHOPYARD_PASSWORDS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  SHOPYARD_SAME_SITE_STORES: z.enum(['0', '1'], 'must be 1 or 0').default('0'),
  SHOPYARD_CHANGE_WINDOW: z.string().transform(parseChangeWindow).optional(),
  SHOPYARD_STORE_ROLE: z.string().optional(),
  SHOPYARD_SERVICE_ACCOUNT: z
    .string()
    .regex(/^[a-z0-9-]+\/[a-z0-9.-]+$/, 'must be NAMESPACE/NAME')
    .optional(),
  SHOPYARD_MAX_PARALLEL: z.coerce
    .number('must be a number')
    .int()
    .min(1, 'must be at least 1')
    .max(64, 'must be at most 64')
    .default(Math.max(4, availableParallelism() * 2)),
  SHOPYARD_STEP_SECONDS: z
    .string()
    .default('')
    .transform(parseBudgets)
    .pipe(
      z.strictObject(
        {
          release: budget.default(120),
          database: budget.exactOptional(),
          application: budget.exactOptional(),
          storefront: budget.exactOptional(),
        },
        'must be seconds per step, such as database=300,application=600; the steps are release, database, application, storefront',
      ),
    ),
  SHOPYARD_WATCH_SILENCE_SECONDS: z.coerce.number('must be seconds').min(1).default(150),
  SHOPYARD_HELM: z.string().default('helm'),
  SHOPYARD_SIMULATOR_SPEED: z.coerce.number('must be a number').min(0).default(1),
  SHOPYARD_EMBEDDED_STORES: z.enum(['auto', 'simulated', 'real'], 'must be auto, simulated or real').default('auto'),
  SHOPYARD_STORE_IDLE_SECONDS: z.coerce.number('must be seconds').min(0).default(600),
  SHOPYARD_STORE_MEMORY_MIB: z.coerce.number('must be MiB').min(0).default(450),
  XDG_CACHE_HOME: z.string().default(join(homedir(), '.cache')),
  SHOPYARD_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  KUBECONFIG: z.string().optional(),
});

/** Parses `database=300,application=600` into an object; the schema checks steps and seconds. */
function parseBudgets(text: string, context: { addIssue: (message: string) => void }): Record<string, unknown> {
  const budgets: Record<string, unknown> = {};
  for (const part of text.split(',').filter(Boolean)) {
    const [, step = '', seconds = ''] = /^\s*(\w+)\s*=\s*([^=\s]+)\s*$/.exec(part) ?? [];
    if (step === '') context.addIssue(`has \`${part}\`, which is not STEP=SECONDS such as database=300`);
    if (step in budgets) context.addIssue(`names the step ${step} twice`);
    budgets[step] = seconds;
  }
  return budgets;
}

export type Environment = z.infer<typeof environmentSchema>;
