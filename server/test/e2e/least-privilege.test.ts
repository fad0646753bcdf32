/** The platform's account: what it may not do is refused by the API server itself. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leastPrivilegeKubeconfig } from '../support/least-privilege.ts';
import { temporaryDir } from '../support/server-process.ts';
import { kubeconfigOf, REAL } from '../support/test-cluster.ts';
import { type Tools, toolsFor } from '../support/tools.ts';

if (!REAL)
  process.stderr.write("The platform's account is tested on a real cluster only: the embedded one has no accounts.\n");

const dir = temporaryDir();
let account: Tools;

beforeAll(async () => {
  if (REAL) account = toolsFor(await leastPrivilegeKubeconfig(kubeconfigOf(dir.path), dir.path), dir.path);
});
afterAll(() => dir[Symbol.dispose]());

test.runIf(REAL)('no wildcard, and no right that is not in the chart', async () => {
  const list = await account.kubectl('auth', 'can-i', '--list');
  const resources = list
    .split('\n')
    .slice(1)
    .filter((line) => !line.includes('[/'));
  expect(resources.join('\n')).not.toContain('*');
  expect(list).toMatch(/^namespaces\s+\[\]\s+\[\]\s+\[get list watch create patch delete\]$/m);
});

test.runIf(REAL).each([
  ['nodes', ['get', 'nodes']],
  ['cluster roles', ['get', 'clusterroles']],
  ['a pod of its own making', ['run', 'x', '--image=x', '--namespace', 'default']],
  ['a secret outside stores', ['create', 'secret', 'generic', 'x', '--namespace', 'kube-system']],
  ['a namespace that is no store', ['create', 'namespace', 'not-a-store']],
  ["another's namespace", ['delete', 'namespace', 'default', '--wait=false']],
])('%s is refused', async (_what, args) => {
  await expect(account.kubectl(...args)).rejects.toThrow(/forbidden|denied/i);
});

test.runIf(REAL)('no shell in any pod', async () => {
  await expect(account.kubectl('auth', 'can-i', 'create', 'pods/exec', '--all-namespaces')).rejects.toMatchObject({
    stdout: 'no\n',
  });
});
