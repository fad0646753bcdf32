/**
 * `npm run bench [NAME…]`: runs the named benchmarks, or the short ones, one after the other. Each prints a table and
 * writes a file to bench-results/.
 */
import { api } from './api.ts';
import { cluster } from './cluster.ts';
import { dashboard } from './dashboard.ts';
import { embedded } from './embedded.ts';
import { fanOut } from './fan-out.ts';
import { fleet } from './fleet.ts';
import { type Benchmark, meets, print, report } from './lib/report.ts';
import { pixel } from './pixel.ts';
import { plan } from './plan.ts';
import { recovery } from './recovery.ts';
import { releases } from './releases.ts';
import { start } from './start.ts';

/** Take less than five minutes together. */
const SHORT: readonly Benchmark[] = [start, pixel, dashboard, fanOut, api, releases, plan, fleet, recovery];
const ALL: readonly Benchmark[] = [...SHORT, embedded, cluster];

const names = process.argv.slice(2);
const unknown = names.filter((name) => !ALL.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `Unknown benchmark ${unknown.join(', ')}; the benchmarks are ${ALL.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exit(1);
}
let missed = 0;
for (const benchmark of names.length > 0 ? ALL.filter(({ name }) => names.includes(name)) : SHORT) {
  const started = performance.now();
  const findings = await benchmark.run();
  if (findings.length === 0) continue;
  report(benchmark, findings);
  missed += findings.filter((finding) => meets(finding) === false).length;
  print(`  (${((performance.now() - started) / 1000).toFixed(0)} s)`);
}
print(
  missed === 0
    ? '\nAll goals were met.'
    : `\n${missed} goals were missed: docs/performance.md explains the known ones.`,
);
