/**
 * Runs the chart's setup.php step by step, like setup.sh: each step is a request of its own, and may be killed safely. They
 * share one PHP, so that each takes what the one before compiled.
 */
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
const STATUS = `${SCRIPTS}/status`;
/** As `php` on a command line has them. */
const INI_OF_STEPS = {
  ...INI,
  error_log: '/dev/null',
  display_errors: 'stderr',
  html_errors: '0',
  // The steps run the same files, but each a few times only.
  'opcache.optimization_level': '0',
  max_execution_time: '0',
};

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
  const php = await bootPhp(run, steps.length > 1);
  for (const step of steps) {
    run.log(`setup: ${step}`);
    const exitCode = await runStep(php, step, run.log);
    if (exitCode !== 0) return exitCode;
  }
  return 0;
}

/** `keepsCompiled`: code that runs once is not worth it. */
async function bootPhp({ spec, code }: Run, keepsCompiled: boolean): Promise<PHP> {
  const php = new PHP(await loadRuntime(spec.env));
  await php.setSapiName('cli');
  await setPhpIniEntries(php, { ...INI_OF_STEPS, 'opcache.enable': keepsCompiled ? '1' : '0' });
  await mountCode(php, code);
  await mountStore(php, spec, code);
  php.mkdir(SCRIPTS);
  for (const [name, text] of Object.entries(spec.scripts ?? {})) php.writeFile(`${SCRIPTS}/${name}`, text);
  return php;
}

async function runStep(php: PHP, step: string, log: (line: string) => void): Promise<number> {
  const response = await php.runStream({
    code: `<?php
      define('STDERR', fopen('php://stderr', 'w'));
      $argv = ['setup.php', '${step}'];
      register_shutdown_function(fn() => file_put_contents('${STATUS}', $GLOBALS['exit_code'] ?? 1));
      require '${SCRIPTS}/setup.php';`,
  });
  const [out, error] = await Promise.all([response.stdoutText, response.stderrText]);
  // Before the install, WordPress reports each missing table, in HTML.
  const said = `${out}\n${error}`.split('\n').filter((line) => /^(setup:|PHP |Fatal|Warning)/.test(line));
  for (const line of said) log(line);
  // The exit status of such a request is that of before its shutdown, in which the script decides.
  const exitCode = php.fileExists(STATUS) ? Number(php.readFileAsText(STATUS)) : 1;
  if (exitCode === 0) php.unlink(STATUS);
  return exitCode;
}
