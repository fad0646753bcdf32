import { engines } from '@shopyard/engines';
import { expect, test } from 'vitest';
import { readEngineCharts } from '../../../chart/engine-charts.ts';
import { readyStore } from '../../../domain/testing.ts';
import { renderChecked } from './judge-change.ts';

const chart = readEngineCharts(engines).get('woocommerce') ?? expect.fail();
const next = { ...readyStore(), url: 'http://alpha.localhost' };
const rendered = (manifest: string): Promise<unknown> =>
  renderChecked(() => Promise.resolve(manifest), { next, chart, signal: AbortSignal.timeout(1000) }, {});

test('a plan is refused if the chart makes an object from its values that no store may have', async () => {
  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: setup }\n';
  await expect(rendered(map)).resolves.toMatchObject([{ kind: 'ConfigMap' }]);
  const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: smuggled }\n';
  await expect(rendered(`${map}---\n${role}`)).rejects.toMatchObject({
    code: 'validation_failed',
    message: expect.stringMatching(/^values: the manifest would be refused: .*ClusterRole/) as string,
  });
});
