/** What is to know about an engine before its first store on the embedded cluster. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface EngineNotice {
  /** For people: sentences, with the remedy. */
  text: string;
  isUnavailable: boolean;
}

/** Kinds of machines that PostgreSQL's packages are for. */
const MACHINES = new Set(['linux-x64', 'linux-arm64']);

export const INSTALLS_MEDUSA: EngineNotice = {
  text: 'The first store installs Medusa from npm: a few minutes, once, and 700 MB of disk meanwhile.',
  isUnavailable: false,
};

/** Why Medusa can't be installed by whoever starts programs from `path`; `undefined` if it can. */
export function whyNoMedusa(path: string): EngineNotice | undefined {
  const kind = `${process.platform}-${process.arch}`;
  if (!MACHINES.has(kind))
    return unavailable(`PostgreSQL's packages are not for ${kind}: use a Kubernetes cluster for stores of this kind.`);
  if (path.split(delimiter).some((folder) => existsSync(join(folder, 'npm')))) return undefined;
  return unavailable(
    'Medusa is installed by npm, which is not on this machine: install npm, then start Shopyard again.',
  );
}

const unavailable = (text: string): EngineNotice => ({ text, isUnavailable: true });
