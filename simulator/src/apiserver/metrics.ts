/** The subset of the API server's metrics used here: requests by method, and the number of open watches. */
export class RequestMetrics {
  readonly #open = new Map<string, number>();
  readonly #requests = new Map<string, number>();

  countRequest(verb: string): void {
    this.#requests.set(verb, (this.#requests.get(verb) ?? 0) + 1);
  }

  countWatch(resource: string, change: 1 | -1): void {
    this.#open.set(resource, (this.#open.get(resource) ?? 0) + change);
  }

  toText(): string {
    const total = [...this.#requests].map(([verb, count]) => `apiserver_request_total{verb="${verb}"} ${count}`);
    const lines = [...this.#open].map(
      ([resource, count]) => `apiserver_longrunning_requests{resource="${resource}",verb="WATCH"} ${count}`,
    );
    return `# TYPE apiserver_request_total counter\n${total.join('\n')}\n# TYPE apiserver_longrunning_requests gauge\n${lines.join('\n')}\n`;
  }
}
