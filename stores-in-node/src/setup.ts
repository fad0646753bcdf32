/** Runs the chart's setup.php step by step, like setup.sh: each step in a separate PHP that may be killed safely. */
import { messageOf } from './error-message.ts';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PHP, setPhpIniEntries } from '@php-wasm/universal';
import { adoptingEnvironment, blankEnvironment } from './blank-store.ts';
import type { Code } from './code.ts';
import { INI, loadRuntime, mountCode, mountStore } from './php.ts';
import type { Spec } from './spec.ts';
import { templateOf } from './template.ts';
import { prepareVolume } from './volume.ts';

const SCRIPTS = '/tmp/setup';

interface Run {
  spec: Spec;
  code: Code;
  log: (line: string) => void;
}

/** Returns the exit code: 0, or that of the failed step. */
export async function runSetup(spec: Spec, code: Code, log: (line: string) => void): Promise<number> {
  const template = templateOf(spec, code);
  const beginning = template.begin();
  prepareVolume(spec.volume, code);
  const withWooCommerce = spec.env['WOOCOMMERCE_ENABLED'] === 'true';
  const steps = ['core', ...(withWooCommerce ? ['unpack', 'plugin', 'migrate', 'store'] : []), 'verify'];
  const run = { spec, code, log };
  if (beginning === 'blank') {
    const exitCode = await runSteps(steps, { ...run, spec: { ...spec, env: blankEnvironment(spec.env) } });
    if (exitCode !== 0) return exitCode;
    try {
      template.completed();
    } catch (error) {
      log(`setup: the next store can't begin as a copy: ${messageOf(error)}`);
    }
  }
  // A copy needs only the steps specific to its store.
  const exitCode =
    beginning === 'own'
      ? await runSteps(steps, run)
      : await runSteps(['adopt'], { ...run, spec: { ...spec, env: adoptingEnvironment(spec.env) } });
  if (exitCode !== 0) return exitCode;
  template.adopted();
  // WordPress waits for this file before it starts. Deleted first: an older store may have put a link there.
  const marker = join(spec.volume, 'wp-content', `.setup-${spec.env['SETUP_HASH'] ?? ''}`);
  rmSync(marker, { force: true });
  writeFileSync(marker, '', { flag: 'wx' });
  log('setup: done');
  return 0;
}

async function runSteps(steps: readonly string[], run: Run): Promise<number> {
  for (const step of steps) {
    run.log(`setup: ${step}`);
    const exitCode = await runStep(step, run);
    if (exitCode !== 0) return exitCode;
  }
  return 0;
}

async function runStep(step: string, { spec, code, log }: Run): Promise<number> {
  const php = new PHP(await loadRuntime(spec.env));
  await setPhpIniEntries(php, INI);
  await mountCode(php, code);
  await mountStore(php, spec, code);
  php.mkdir(SCRIPTS);
  for (const [name, text] of Object.entries(spec.scripts ?? {})) php.writeFile(`${SCRIPTS}/${name}`, text);
  const response = await php.cli([
    'php',
    '-d',
    'memory_limit=512M',
    '-d',
    'error_log=/dev/null',
    '-d',
    'display_errors=stderr',
    // Code that runs once is not worth optimizing.
    '-d',
    'opcache.enable_cli=0',
    `${SCRIPTS}/setup.php`,
    step,
  ]);
  const [exitCode, out, error] = await Promise.all([response.exitCode, response.stdoutText, response.stderrText]);
  // Before the install, WordPress reports each missing table, in HTML.
  const said = `${out}\n${error}`.split('\n').filter((line) => /^(setup:|PHP |Fatal|Warning)/.test(line));
  for (const line of said) log(line);
  return exitCode;
}
