/** The subset of the API server's metrics used here: requests by method, and the number of open watches. */

const open = new Map<string, number>();
const requests = new Map<string, number>();

export function countRequest(verb: string): void {
  requests.set(verb, (requests.get(verb) ?? 0) + 1);
}

export function countWatch(resource: string, change: 1 | -1): void {
  open.set(resource, (open.get(resource) ?? 0) + change);
}

export function metricsText(): string {
  const total = [...requests].map(([verb, count]) => `apiserver_request_total{verb="${verb}"} ${count}`);
  const lines = [...open].map(
    ([resource, count]) => `apiserver_longrunning_requests{resource="${resource}",verb="WATCH"} ${count}`,
  );
  return `# TYPE apiserver_request_total counter\n${total.join('\n')}\n# TYPE apiserver_longrunning_requests gauge\n${lines.join('\n')}\n`;
}
