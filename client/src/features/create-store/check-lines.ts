/** Checks several stores against the rules, the stores that exist and one another: every issue, by line. Pure. */
import { storeNameProblem } from '@shopyard/contracts';
import type { CreateRequest } from '../../live/use-create-store.ts';
import { COUNTRIES, CURRENCIES, currencyOf } from '../../lib/regions.ts';
import type { Settings } from './draft.ts';
import { nameFromTitle } from './name-from-title.ts';
import { parseLabels } from './parse-labels.ts';
import type { Line } from './read-lines.ts';
import { NO_NAME, titleProblem } from './rules.ts';
import { toRequest } from './to-request.ts';

export interface CheckedLine {
  line: number;
  text: string;
  name: string;
  /** Empty if it can be sent. */
  problems: string[];
  request: CreateRequest;
}

export interface LineRules {
  settings: Settings;
  /** For lines that have none of their own. */
  labels: Record<string, string>;
  /** Values from the YAML, for every line. */
  values: CreateRequest['values'];
  /** Why a name is taken; undefined if it is free. */
  takenProblem: (name: string) => string | undefined;
}

export function checkLines(lines: readonly Line[], rules: LineRules): CheckedLine[] {
  const first = new Map<string, number>();
  return lines.map((line) => {
    const { title = '', name: given } = line.cells;
    const name = given ?? nameFromTitle(title);
    const twin = first.get(name);
    if (twin === undefined && name !== '') first.set(name, line.line);
    const { labels, problems } =
      line.cells.labels === undefined ? { ...rules, problems: [] } : parseLabels(line.cells.labels);
    const naming = name === '' ? NO_NAME : storeNameProblem(name);
    return {
      line: line.line,
      text: line.text,
      name,
      problems: [
        ...line.problems,
        titleProblem(title),
        naming === undefined ? undefined : given === undefined ? naming : `"${name}": ${naming}`,
        twin === undefined ? rules.takenProblem(name) : `has the name "${name}", as line ${twin} does`,
        ...settingProblems(line.cells, rules.settings),
        ...problems,
      ].filter((problem) => problem !== undefined),
      request: toRequest({ name, title, labels, settings: settingsOf(line.cells, rules.settings) }, rules.values),
    };
  });
}

function settingsOf(cells: Line['cells'], settings: Settings): Settings {
  const country = cells.country?.toUpperCase();
  return {
    ...settings,
    ...(country === undefined ? {} : { country, currency: currencyOf(country) ?? settings.currency }),
    ...(cells.currency === undefined ? {} : { currency: cells.currency.toUpperCase() }),
    ...(cells.size === undefined ? {} : { size: cells.size.toLowerCase() }),
  };
}

function settingProblems({ country, currency, size }: Line['cells'], { engine }: Settings): (string | undefined)[] {
  const sizes = engine?.sizes.map(({ name }) => name) ?? [];
  return [
    country !== undefined && !isCountry(country.toUpperCase())
      ? `country: "${country}" is not a code, such as DE or US:CA`
      : undefined,
    currency !== undefined && !CURRENCIES.includes(currency.toUpperCase())
      ? `currency: "${currency}" is not a code, such as EUR`
      : undefined,
    size !== undefined && sizes.length > 0 && !sizes.includes(size.toLowerCase())
      ? `size: "${size}" is not one of ${sizes.join(', ')}`
      : undefined,
  ];
}

const isCountry = (code: string): boolean => COUNTRIES.includes(code.slice(0, 2)) && /^..(:[A-Z0-9]+)?$/.test(code);
