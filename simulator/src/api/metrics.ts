/** The one metric of a real API server that is asked for here: how many watches are open. */

const open = new Map<string, number>();

export function countWatch(resource: string, change: 1 | -1): void {
  open.set(resource, (open.get(resource) ?? 0) + change);
}

export function metricsText(): string {
  const lines = [...open].map(
    ([resource, count]) => `apiserver_longrunning_requests{resource="${resource}",verb="WATCH"} ${count}`,
  );
  return `# TYPE apiserver_longrunning_requests gauge\n${lines.join('\n')}\n`;
}
