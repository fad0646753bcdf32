/** The PHP that answers requests. It can be booted, and its code compiled, before it is known for which store. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type PHPRequestHandler, PHPResponse } from '@php-wasm/universal';
import { bootRequestHandler, getFileNotFoundActionForWordPress } from '@wp-playground/wordpress';
import type { Code } from './code.ts';
import { INI, runtimeLoader, mountCode, mountShared, mountStore, PHP_VERSION, ROOT } from './php.ts';
import { compileScripts, scriptsOf } from './scripts.ts';
import type { Spec } from './spec.ts';
import type { StoreAnswer, StoreRequest } from './store-request.ts';

export function bootPhp(code: Code): Promise<PHPRequestHandler> {
  return bootRequestHandler({
    phpVersion: PHP_VERSION,
    // The real one comes with each request.
    siteUrl: 'http://localhost',
    documentRoot: ROOT,
    maxPhpInstances: 1,
    sapiName: 'apache2handler',
    cookieStore: false,
    getFileNotFoundAction: getFileNotFoundActionForWordPress,
    createPhpRuntime: runtimeLoader({}),
    onPHPInstanceCreated: (php) => mountCode(php, code),
    phpIniEntries: INI,
  });
}

/** All that can be done without a store. */
export async function bootAhead(code: Code, cache: string): Promise<PHPRequestHandler> {
  const handler = await bootPhp(code);
  const php = await handler.getPrimaryPhp();
  // In the place of a volume: scripts are known by their paths.
  const empty = join(cache, 'no-volume');
  mkdirSync(join(empty, 'plugins/woocommerce'), { recursive: true });
  const undoContent = await mountShared(php, `${ROOT}/wp-content`, empty);
  const undoPlugin = await mountShared(
    php,
    `${ROOT}/wp-content/plugins/woocommerce`,
    join(code.woocommerce, 'woocommerce'),
  );
  await compileScripts(php, scriptsOf(code, cache));
  await undoPlugin();
  await undoContent();
  return handler;
}

/** From now on it answers for this store. */
export async function openStore(handler: PHPRequestHandler, spec: Spec, code: Code): Promise<void> {
  await mountStore(await handler.getPrimaryPhp(), spec, code);
}

/**
 * The status is the one that PHP sent, whatever its exit code: a page that ends with `exit(1)` is a page. Throws when there
 * was no answer.
 */
export async function askPhp(handler: PHPRequestHandler, request: StoreRequest): Promise<StoreAnswer> {
  const streamed = await handler.requestStreamed({ ...request, method: request.method as 'GET' });
  const { httpStatusCode: status, headers, bytes, errors } = await PHPResponse.fromStreamedResponse(streamed);
  return { status, headers, bytes, errors: errors.split('\n').filter((line) => line.trim() !== '') };
}
