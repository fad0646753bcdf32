/** What the pods of a new store request, by size: the chart's sizes under the platform's own resources. Pure. */
import { bytesOf } from '../kube/quantity.ts';
import type { EngineChart } from './engine-charts.ts';
import { between, isMap } from './platform-values.ts';
import type { Requests } from './read-chart.ts';

export interface SizeLoads {
  size: string;
  /** Those that run all the time: tasks come and go. CPU in millicores, memory in bytes. */
  pods: { cpu: number; memory: number }[];
}

export function toSizeLoads({ chart, platform }: Pick<EngineChart, 'chart' | 'platform'>): SizeLoads[] {
  const own = between(platform, {});
  return [...chart.requests].map(([size, components]) => ({
    size,
    pods: [...components].map(([section, requests]) => {
      const { cpu, memory } = { ...requests, ...ownRequests(own[section]) };
      return { cpu: Math.round(bytesOf(cpu) * 1000), memory: bytesOf(memory) };
    }),
  }));
}

/** A section's `resources.requests`, which replace the size's one by one. */
function ownRequests(section: unknown): Requests {
  const resources = isMap(section) ? section['resources'] : undefined;
  const requests = isMap(resources) ? resources['requests'] : undefined;
  if (!isMap(requests)) return {};
  const { cpu, memory } = requests;
  return {
    ...(isQuantity(cpu) ? { cpu: String(cpu) } : {}),
    ...(isQuantity(memory) ? { memory: String(memory) } : {}),
  };
}

function isQuantity(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
