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
const commands: [command: string, look: (text: string) => unknown][] = [
  ['create quota q --hard=pods=10,requests.storage=1Gi', whole],
  ['get quota q -o json', spec()],
  ['create quota q --hard=pods=10', whole],
  [`create cronjob c --image=${PAUSE} --schedule=0_0_*_*_* -- /pause`, whole],
  ['get cronjob c -o json', spec('schedule')],
  ['create job j --from=cronjob/c', whole],
  ['get job j -o jsonpath={.metadata.annotations}{.metadata.ownerReferences[0].kind}', whole],
  ['get job j -o jsonpath={.spec.template.spec.containers[0].command}{.spec.template.spec.restartPolicy}', whole],
  ['create job k --from=cronjob/none', whole],
  [`create deployment d --image=${PAUSE} --replicas=1 --port=80`, whole],
  ['get deployment d -o json', spec('replicas', 'selector')],
  ['get deployment d -o jsonpath={.spec.template.spec.containers[0].ports}', whole],
  ['rollout status deployment/d --timeout=60s', has(/successfully rolled out/)],
  ['wait deployment/d --for=condition=Available --timeout=60s', whole],
  ['expose deployment d --target-port=8080', whole],
  ['get service d -o jsonpath={.spec.ports}', whole],
  ['create ingress i --rule=a.test/=d:80', whole],
  ['get ingress i -o json', spec('rules')],
  ['create serviceaccount x', whole],
  ['create configmap one --from-literal=k=2', whole],
  ['create configmap two --from-literal=k=1', whole],
  ['label configmap one two sorted=yes', whole],
  ['get configmaps -l sorted --sort-by=.data.k --no-headers', firstColumn],
  ['get events --sort-by=.lastTimestamp', has(/Scheduled +pod/)],
  ['get events --sort-by=.nope', has(/LAST SEEN|No resources/)],
  ['explain deployment.spec.replicas', whole],
  ['explain pod', has(/^KIND.*|^VERSION.*|^ {2}\w+\t.*$/gm)],
  ['explain ingress.spec.rules.http.paths.backend', has(/^FIELD.*|^ {2}\w+\t.*$/gm)],
  ['explain pod.spec.containers.resources.limits', has(/^FIELD.*/m)],
  ['explain cronjob.spec.schedule', whole],
  ['explain pod.nope', whole],
  ['explain nope', whole],
  ['auth can-i create pods', whole],
  ['auth can-i --list', has(/^\*\.\* .*/m)],
  ['auth whoami', has(/system:authenticated/)],
  ['get crd -o jsonpath={.kind}', whole],
  ['autoscale deployment d --min=1 --max=3 --cpu=50%', whole],
  ['get hpa d -o json', spec('minReplicas', 'maxReplicas', 'scaleTargetRef', 'metrics')],
  ['scale deployment d --replicas=0', whole],
  ['set image deployment/d pause=localhost/pause:2', whole],
  ['top pod none', has(/^failed/)],
  ['exec none -- ls', whole],
  ['create token none', has(/^failed: error: failed to create token/)],
  ['port-forward pod/none :80', whole],
  ['describe quota q', has(/requests.storage +\d+ +1Gi/)],
];

test.runIf(REAL).each(commands)('kubectl %s', async (command, look) => {
  const [expected, actual] = await Promise.all(clusters.map(async (tools) => look(await said(tools, command))));
  expect(actual).toEqual(expected);
});
