/**
 * What a real cluster (Kubernetes 1.34, containerd) said of a Medusa store in each of these cases. recorded.test.ts has the causes that
 * are the same for every engine; its note on the recordings holds here too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { requireEngine, engines } from '@shopyard/engines';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { diagnose } from './diagnose.ts';
import { viewOfLists } from './testing.ts';

const RECORDED = fileURLToPath(new URL('./recorded/medusa/', import.meta.url));
const MEDUSA = requireEngine(engines, { engine: 'medusa' });

interface Case {
  name: string;
  reason: string;
  terminal: boolean;
  says: RegExp;
}

const cases: Case[] = [
  {
    name: 'medusa-image-not-loaded',
    reason: 'ImageNotLoaded',
    terminal: true,
    says: /shopyard-medusa:0\.0\.1 is not on the node .*\. Load it onto the node, or change medusa\.image\.pullPolicy\.$/,
  },
  {
    name: 'medusa-secret-key-missing',
    reason: 'ConfigMissing',
    terminal: false,
    says: /^medusa can't start: couldn't find key cookie-secret in Secret/,
  },
  {
    name: 'medusa-out-of-memory',
    reason: 'OutOfMemory',
    terminal: false,
    says: /^medusa was killed .*Raise medusa\.resources\.limits\.memory\.$/,
  },
  { name: 'medusa-quota-memory', reason: 'QuotaExceeded', terminal: false, says: /requested: limits\.memory=768Mi/ },
  {
    name: 'medusa-database-gone',
    reason: 'ProbeFailing',
    terminal: false,
    says: /^medusa is running but not ready: Readiness probe failed: HTTP probe failed with statuscode: 503/,
  },
  {
    name: 'medusa-currency-changed',
    reason: 'SetupFailed',
    terminal: true,
    says: /at the step "database": store\.currency must stay EUR: .*\. Fix the cause, then retry\.$/,
  },
  {
    name: 'medusa-older-than-database',
    reason: 'SetupFailed',
    terminal: true,
    says: /: the database belongs to Medusa 9\.9\.9, and 2\.21\.2 can't read it: medusa\.image must be as new\. Fix/,
  },
  {
    name: 'medusa-password-wrong',
    reason: 'SetupRetrying',
    terminal: false,
    says: /\(exit code 1\): password authentication failed for user "medusa"\. It is retried automatically\.$/,
  },
  {
    name: 'postgres-image-absent',
    reason: 'RegistryUnreachable',
    terminal: false,
    says: /postgres:absent can't be pulled: the node can't reach the registry \(container postgres\)/,
  },
  {
    name: 'postgres-no-class',
    reason: 'VolumePending',
    terminal: false,
    says: /^The claim data-postgres-0 has no volume: storageclass\.storage\.k8s\.io "fast" not found/,
  },
  {
    name: 'postgres-no-cpu',
    reason: 'Unschedulable',
    terminal: false,
    says: /^postgres can't be scheduled: 0\/1 nodes are available: 1 Insufficient cpu\. Free up CPU/,
  },
  { name: 'postgres-quota-cpu', reason: 'QuotaExceeded', terminal: false, says: /requested: requests\.cpu=100/ },
  {
    name: 'postgres-other-version',
    reason: 'CrashLoop',
    terminal: false,
    says: /^postgres crashed \d times \(exit code 1\)\. Last output: .*initialized by PostgreSQL version 17/,
  },
  {
    name: 'postgres-configmap-missing',
    reason: 'MountFailed',
    terminal: false,
    says: /^postgres is waiting for a volume: .*configmap "postgres" not found/,
  },
  {
    name: 'postgres-out-of-memory',
    reason: 'OutOfMemory',
    terminal: false,
    says: /^postgres was killed .*Raise postgres\.resources\.limits\.memory\.$/,
  },
];

test.each(cases)('reports $reason for the recording $name', ({ name, reason, terminal, says }) => {
  // Recorded from the API server.
  const lists = JSON.parse(readFileSync(`${RECORDED}${name}.json`, 'utf8')) as Record<string, never[]>;
  const diagnosis = diagnose(viewOfLists(lists), MEDUSA);
  expect(diagnosis).toMatchObject({ reason, terminal });
  expect(diagnosis?.message).toMatch(says);
});

test('every recording of a Medusa store is in the table', () => {
  const files = readdirSync(RECORDED).map((file) => file.replace('.json', ''));
  expect(cases.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
});
