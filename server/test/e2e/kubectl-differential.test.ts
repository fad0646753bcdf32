/** kubectl prints and creates the same on the simulator as on a real cluster. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDir } from '@shopyard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../support/simulator.ts';
import { REAL, uniqueName } from '../support/test-cluster.ts';
import { type Tools, toolsFor } from '../support/tools.ts';

const NS = uniqueName('kubectl');
const PAUSE = 'localhost/pause:1';
const dir = temporaryDir();
let simulator: Simulator | undefined;
let clusters: Tools[] = [];

beforeAll(async () => {
  if (!REAL) return;
  simulator = await startSimulator({ speed: 1 });
  writeFileSync(join(dir.path, 'kubeconfig'), simulator.kubeconfig);
  clusters = [process.env['KUBECONFIG'] ?? '', join(dir.path, 'kubeconfig')].map((kubeconfig, index) => {
    const home = join(dir.path, `home-${index}`);
    mkdirSync(home);
    return toolsFor(kubeconfig, home);
  });
  await Promise.all(clusters.map((tools) => tools.kubectl('create', 'namespace', NS)));
});
afterAll(async () => {
  if (REAL) await clusters[0]?.kubectl('delete', 'namespace', NS, '--wait=false');
  await simulator?.close();
  dir[Symbol.dispose]();
});

/** Output of a command, or the reason for its failure. */
async function said(tools: Tools, command: string): Promise<string> {
  try {
    return await tools.kubectl('-n', NS, ...command.split(' ').map((word) => word.replaceAll('_', ' ')));
  } catch (error) {
    return `failed: ${(error as { stderr?: string }).stderr ?? ''}`;
  }
}

const whole = (text: string): string => text;
const has =
  (pattern: RegExp) =>
  (text: string): string[] =>
    (text.match(pattern) ?? ['nothing of the kind']).map((match) => match.replaceAll(/ +/g, ' '));
const spec =
  (...fields: string[]) =>
  (text: string): unknown => {
    const { spec: all } = JSON.parse(text) as { spec: Record<string, unknown> };
    return fields.length === 0 ? all : fields.map((field) => all[field]);
  };
const firstColumn = (text: string): string[] => text.split('\n').map((line) => line.split(' ', 1)[0] ?? '');

/** In order; a space inside a word is written as `_`. */
const commands: { command: string; look: (text: string) => unknown }[] = [
  { command: 'create quota q --hard=pods=10,requests.storage=1Gi', look: whole },
  { command: 'get quota q -o json', look: spec() },
  { command: 'create quota q --hard=pods=10', look: whole },
  { command: `create cronjob c --image=${PAUSE} --schedule=0_0_*_*_* -- /pause`, look: whole },
  { command: 'get cronjob c -o json', look: spec('schedule') },
  { command: 'create job j --from=cronjob/c', look: whole },
  { command: 'get job j -o jsonpath={.metadata.annotations}{.metadata.ownerReferences[0].kind}', look: whole },
  {
    command: 'get job j -o jsonpath={.spec.template.spec.containers[0].command}{.spec.template.spec.restartPolicy}',
    look: whole,
  },
  { command: 'create job k --from=cronjob/none', look: whole },
  { command: `create deployment d --image=${PAUSE} --replicas=1 --port=80`, look: whole },
  { command: 'get deployment d -o json', look: spec('replicas', 'selector') },
  { command: 'get deployment d -o jsonpath={.spec.template.spec.containers[0].ports}', look: whole },
  { command: 'rollout status deployment/d --timeout=60s', look: has(/successfully rolled out/) },
  { command: 'wait deployment/d --for=condition=Available --timeout=60s', look: whole },
  { command: 'expose deployment d --target-port=8080', look: whole },
  { command: 'get service d -o jsonpath={.spec.ports}', look: whole },
  { command: 'create ingress i --rule=a.test/=d:80', look: whole },
  { command: 'get ingress i -o json', look: spec('rules') },
  { command: 'create serviceaccount x', look: whole },
  { command: 'create configmap one --from-literal=k=2', look: whole },
  { command: 'create configmap two --from-literal=k=1', look: whole },
  { command: 'label configmap one two sorted=yes', look: whole },
  { command: 'get configmaps -l sorted --sort-by=.data.k --no-headers', look: firstColumn },
  { command: 'get events --sort-by=.lastTimestamp', look: has(/Scheduled +pod/) },
  { command: 'get events --sort-by=.nope', look: has(/LAST SEEN|No resources/) },
  { command: 'explain deployment.spec.replicas', look: whole },
  { command: 'explain pod', look: has(/^KIND.*|^VERSION.*|^ {2}\w+\t.*$/gm) },
  { command: 'explain ingress.spec.rules.http.paths.backend', look: has(/^FIELD.*|^ {2}\w+\t.*$/gm) },
  { command: 'explain pod.spec.containers.resources.limits', look: has(/^FIELD.*/m) },
  { command: 'explain cronjob.spec.schedule', look: whole },
  { command: 'explain pod.nope', look: whole },
  { command: 'explain nope', look: whole },
  { command: 'auth can-i create pods', look: whole },
  { command: 'auth can-i --list', look: has(/^\*\.\* .*/m) },
  { command: 'auth whoami', look: has(/system:authenticated/) },
  { command: 'get crd -o jsonpath={.kind}', look: whole },
  { command: 'autoscale deployment d --min=1 --max=3 --cpu=50%', look: whole },
  { command: 'get hpa d -o json', look: spec('minReplicas', 'maxReplicas', 'scaleTargetRef', 'metrics') },
  { command: 'scale deployment d --replicas=0', look: whole },
  { command: 'set image deployment/d pause=localhost/pause:2', look: whole },
  { command: 'top pod none', look: has(/^failed/) },
  { command: 'exec none -- ls', look: whole },
  { command: 'create token none', look: has(/^failed: error: failed to create token/) },
  { command: 'port-forward pod/none :80', look: whole },
  { command: 'describe quota q', look: has(/requests.storage +\d+ +1Gi/) },
];

test.runIf(REAL).each(commands)('answers kubectl $command alike', async ({ command, look }) => {
  const [expected, actual] = await Promise.all(clusters.map(async (tools) => look(await said(tools, command))));
  expect(actual).toEqual(expected);
});
