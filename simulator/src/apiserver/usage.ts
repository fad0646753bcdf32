/** metrics.k8s.io: pod usage, measured on request. Simulated containers use exactly what they request. */
import { parseQuantity } from './admission/quantity.ts';
import { notFound } from './api-error.ts';
import type { Kubelet } from '../node/kubelet.ts';
import { type Usage, usageOfProcess, WINDOW_MS } from '../node/process-usage.ts';
import type { KubeObject } from '../objects.ts';
import type { Registry } from '../storage/registry.ts';
import { matcherOf } from './read.ts';

const PATH = /^\/apis\/metrics\.k8s\.io\/v1beta1\/(?:namespaces\/([^/]+)\/)?(nodes|pods)(?:\/([^/]+))?$/;
const GROUP = 'metrics.k8s.io';
const API_VERSION = `${GROUP}/v1beta1`;
interface Measured {
  object: KubeObject;
  containers: { name: string; usage: Usage }[];
}

/** The response to a GET of metrics; undefined for other paths. */
export async function usageOf(
  { registry, kubelet }: { registry: Registry; kubelet: Kubelet },
  url: URL,
): Promise<object | undefined> {
  const [path, namespace, plural, name] = PATH.exec(url.pathname) ?? [];
  if (!path || (plural !== 'pods' && plural !== 'nodes')) return undefined;
  const kind = plural === 'pods' ? 'PodMetrics' : 'NodeMetrics';
  const matches = matcherOf(url.searchParams);
  const objects: KubeObject[] = registry.store
    .list(plural, plural === 'pods' ? namespace : undefined)
    .filter((object) => matches(object) && (name === undefined || object.metadata.name === name));
  const pods = plural === 'pods' ? objects : registry.store.list('pods');
  const measured = await Promise.all(pods.map((pod) => measure(pod, kubelet)));
  const running = measured.filter(({ containers }) => containers.length > 0);
  const items =
    plural === 'pods'
      ? running.map(({ object, containers }) => ({
          ...headOf(object),
          containers: containers.map((container) => ({ name: container.name, usage: quantities(container.usage) })),
        }))
      : objects.map((node) => ({
          ...headOf(node),
          usage: quantities(sum(running.flatMap(({ containers }) => containers.map(({ usage }) => usage)))),
        }));
  if (name === undefined) return { kind: `${kind}List`, apiVersion: API_VERSION, metadata: {}, items };
  if (!items[0]) throw notFound({ group: GROUP, plural }, name);
  return { kind, apiVersion: API_VERSION, ...items[0] };
}

async function measure(object: KubeObject, kubelet: Kubelet): Promise<Measured> {
  const running = kubelet.worker(object.metadata.uid)?.running ?? [];
  const containers = running.map(async ({ spec, pid }) => {
    const { cpu, memory } = spec.resources?.requests ?? {};
    const requested = { cpu: parseQuantity(cpu), memory: parseQuantity(memory) };
    return { name: spec.name, usage: pid ? await usageOfProcess(pid()) : requested };
  });
  return { object, containers: await Promise.all(containers) };
}

function sum(usages: readonly Usage[]): Usage {
  return usages.reduce((all, { cpu, memory }) => ({ cpu: all.cpu + cpu, memory: all.memory + memory }), {
    cpu: 0,
    memory: 0,
  });
}

function quantities({ cpu, memory }: Usage): { cpu: string; memory: string } {
  return { cpu: `${Math.round(cpu * 1e9)}n`, memory: `${Math.round(memory / 1024)}Ki` };
}

function headOf({ metadata }: KubeObject): object {
  const { name, namespace, labels, creationTimestamp } = metadata;
  return {
    metadata: { name, ...(namespace ? { namespace } : {}), ...(labels ? { labels } : {}), creationTimestamp },
    timestamp: new Date().toISOString().replace(/\.\d+/, ''),
    window: `${WINDOW_MS}ms`,
  };
}
