/** What people typed into the dialog, and the settings that follow from it. Pure. */
import { DEFAULT_TEAM, type EngineView } from '@shopyard/contracts';
import { currencyOf, type Region } from '../../lib/regions.ts';
import { nameFromTitle } from './name-from-title.ts';

/** Settings that all stores of one dialog share. Undefined until chosen. */
export interface Choices {
  team?: string;
  engine?: string;
  country?: string;
  currency?: string;
  size?: string;
}

export interface Draft {
  several: boolean;
  title: string;
  /** Undefined while it follows the title. */
  name: string | undefined;
  /** One store a line, or CSV. */
  lines: string;
  choices: Choices;
  labels: string;
  yaml: string;
}

export const EMPTY_DRAFT: Draft = {
  several: false,
  title: '',
  name: undefined,
  lines: '',
  choices: {},
  labels: '',
  yaml: '',
};

/** Whether closing would lose something. A choice alone is quickly made again. */
export function isTyped({ title, name = '', lines, labels, yaml }: Draft): boolean {
  return [title, name, lines, labels, yaml].some((text) => text.trim() !== '');
}

export function nameOf({ title, name }: Pick<Draft, 'title' | 'name'>): string {
  return name ?? nameFromTitle(title);
}

export interface Settings {
  /** Undefined where there is no choice. */
  team?: string | undefined;
  engine: EngineView | undefined;
  country: string;
  currency: string;
  /** Undefined until the sizes are known. */
  size: string | undefined;
}

/** The choices, and for the others what the operator has set, or else what the browser's region suggests. */
export function toSettings(choices: Choices, engines: readonly EngineView[], region: Region): Settings {
  const engine = engines.find(({ id }) => id === choices.engine) ?? engines[0];
  const { country, currency, size } = engine?.defaults ?? {};
  const presetCurrency = currency ?? (country === undefined ? region.currency : currencyOf(country));
  const chosenCurrency =
    choices.currency ?? (choices.country === undefined ? presetCurrency : currencyOf(choices.country));
  return {
    engine,
    country: choices.country ?? country ?? region.country,
    currency: chosenCurrency ?? presetCurrency ?? region.currency,
    size: choices.size ?? size ?? engine?.sizes[0]?.name,
  };
}

/** The chosen team, or else the default one, or else the first. `teams`: ids of those in which the user may create stores. */
export function toTeam({ team }: Choices, teams: readonly string[]): string | undefined {
  if (teams.length < 2) return undefined;
  if (team !== undefined && teams.includes(team)) return team;
  return teams.includes(DEFAULT_TEAM) ? DEFAULT_TEAM : teams[0];
}
