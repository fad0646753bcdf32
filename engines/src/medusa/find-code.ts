/** Finds Medusa and PostgreSQL for the embedded cluster, or npm, which installs them. */
import type { CodePlaces, EngineNotice, FoundCode } from '../embedded-code.ts';

/** Kinds of machines that PostgreSQL's packages are for. */
const MACHINES = new Set(['linux-x64', 'linux-arm64']);

const INSTALLS: EngineNotice = {
  text: 'The first store installs Medusa from npm: a few minutes, once, and 700 MB of disk meanwhile.',
  isUnavailable: false,
};

const unavailable = (text: string): EngineNotice => ({ text, isUnavailable: true });

export function findCode(places: CodePlaces): FoundCode {
  const { cache, environment, at, exists } = places;
  const named = environment['SHOPYARD_MEDUSA'];
  const application = at(named ?? `${cache}/medusa/current`);
  // Nothing is installed over an application of the operator's.
  const options = named === undefined ? { application, installs: `${cache}/medusa` } : { application };
  if (exists(application)) return { options, missing: [] };
  const none =
    named === undefined
      ? whyNotInstalled(places)
      : unavailable(`SHOPYARD_MEDUSA is ${application}, which does not exist: name another folder.`);
  return none ? { notice: none, missing: [] } : { options, notice: INSTALLS, missing: [] };
}

/** `undefined` if it can be. */
function whyNotInstalled({ machine, hasProgram }: CodePlaces): EngineNotice | undefined {
  if (!MACHINES.has(machine))
    return unavailable(
      `PostgreSQL's packages are not for ${machine}: use a Kubernetes cluster for stores of this kind.`,
    );
  if (hasProgram('npm')) return undefined;
  return unavailable(
    'Medusa is installed by npm, which is not on this machine: install npm, then start Shopyard again.',
  );
}
