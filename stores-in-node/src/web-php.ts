/** The PHP that handles requests. It can boot and compile its code before its store is known. */
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
    // The actual one comes with each request.
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

/** Does whatever doesn't need a store. */
export async function bootAhead(code: Code, cache: string): Promise<PHPRequestHandler> {
  const handler = await bootPhp(code);
  const php = await handler.getPrimaryPhp();
  // Stands in for a volume: scripts are identified by path.
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

/** Binds it to this store. */
export async function openStore(handler: PHPRequestHandler, spec: Spec, code: Code): Promise<void> {
  await mountStore(await handler.getPrimaryPhp(), spec, code);
}

/**
 * The status is the one that PHP sent, regardless of its exit code: a page that calls `exit(1)` is still a page. Throws
 * if there was no response.
 */
export async function askPhp(handler: PHPRequestHandler, request: StoreRequest): Promise<StoreAnswer> {
  // PHP takes any method; its types list the usual ones.
  const streamed = await handler.requestStreamed({ ...request, method: request.method as 'GET' });
  const { httpStatusCode: status, headers, bytes, errors } = await PHPResponse.fromStreamedResponse(streamed);
  return { status, headers, bytes, errors: errors.split('\n').filter((line) => line.trim() !== '') };
}
