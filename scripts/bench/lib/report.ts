/** Reports a benchmark's results as a table and as JSON. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

const RESULTS = fileURLToPath(new URL('../../../bench-results/', import.meta.url));

export interface Finding {
  what: string;
  value: number;
  unit: string;
  /** Upper or lower limit for the value. */
  goal?: { most: number } | { least: number };
}

export interface Benchmark {
  name: string;
  /** What is measured and how, in one sentence. */
  about: string;
  run(): Promise<Finding[]>;
}

export function meets({ value, goal }: Finding): boolean | undefined {
  if (!goal) return undefined;
  return 'most' in goal ? value <= goal.most : value >= goal.least;
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function report({ name, about }: Benchmark, findings: readonly Finding[]): void {
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
  };
  print(`\n${name}: ${about}`);
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const finding of findings) {
    const { what, value, unit, goal } = finding;
    const met = meets(finding);
    const aim = goal ? `  ${'most' in goal ? '≤' : '≥'} ${'most' in goal ? goal.most : goal.least} ${unit}` : '';
    print(
      `  ${what.padEnd(width)}  ${format(value).padStart(9)} ${unit.padEnd(6)}${aim}${met === false ? '  MISSED' : ''}`,
    );
  }
  mkdirSync(RESULTS, { recursive: true });
  const kept = { name, about, at: new Date().toISOString(), machine, findings };
  writeFileSync(`${RESULTS}${name}.json`, `${JSON.stringify(kept, undefined, 2)}\n`);
}

function format(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (value >= 1000) return String(Math.round(value));
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
