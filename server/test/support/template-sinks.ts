/**
 * Finds unquoted output in the text of helm templates. An action such as `{{ .Values.x }}` is safe if its last function
 * writes one YAML value (`quote`, `toJson`, `toYaml`, `int`) for any text. An `include` without such a function is as
 * safe as its definition, and a variable as its value. Next to other text, as in `a-{{ .Values.x | quote }}`, the
 * quotes would be part of the value.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ACTION = /\{\{-?\s*(.*?)\s*-?\}\}/gs;
const CONTROL = /^(if|else|end|with|range|define|block|template|break|continue)\b|^\/\*/;
const ASSIGNMENT = /^(\$\w+)\s*:?=\s*(.*)$/s;
/** Functions that write one YAML value, or a map of the chart's own files. */
const SAFE = /^(quote|toJson|toYaml|int)\b|\.AsConfig$/;
/** Functions that write a number, which is safe anywhere. */
const NUMBER = /\| int$/;
/** Functions that only trim or reindent their input. */
const LAYOUT = /^(trim|n?indent \d+)$/;

/** Text of each `define`, by name. */
type Helpers = ReadonlyMap<string, string>;

/** Templates of the chart and of the libraries in it, by path. */
function templatesOf(chart: string): { name: string; text: string }[] {
  const read = (dir: string): { name: string; text: string }[] =>
    readdirSync(dir).map((name) => ({ name, text: readFileSync(join(dir, name), 'utf8') }));
  const libraries = join(chart, 'charts');
  const names = existsSync(libraries) ? readdirSync(libraries) : [];
  return [chart, ...names.map((name) => join(libraries, name))].flatMap((dir) => read(join(dir, 'templates')));
}

/** Every action of the chart's templates that writes unquoted text: `file: action`. */
export function unquotedSinks(chart: string): string[] {
  const parts = templatesOf(chart).map(({ name, text }) => ({ name, ...splitDefines(text) }));
  const helpers = new Map(parts.flatMap(({ defines }) => defines));
  return parts
    .filter(({ name }) => /\.ya?ml$/.test(name))
    .flatMap(({ name, rest }) => sinksIn(rest, helpers).map((sink) => `${name}: ${sink}`));
}

/** Text of each `define` by its name, and the text outside all of them. */
function splitDefines(text: string): { defines: [string, string][]; rest: string } {
  const defines: [string, string][] = [];
  let rest = '';
  let depth = 0;
  let open: { name: string; from: number } | undefined;
  let end = 0;
  for (const { 0: whole, 1: action = '', index } of text.matchAll(ACTION)) {
    const name = /^define "([^"]+)"/.exec(action)?.[1];
    if (name !== undefined) {
      rest += text.slice(end, index);
      open = { name, from: index + whole.length };
      depth = 1;
    } else if (/^(if|with|range|block)\b/.test(action)) depth += 1;
    else if (action === 'end' && --depth === 0 && open) {
      defines.push([open.name, text.slice(open.from, index)]);
      open = undefined;
      end = index + whole.length;
    }
  }
  return { defines, rest: rest + text.slice(end) };
}

function sinksIn(text: string, helpers: Helpers, seen: readonly string[] = []): string[] {
  const found = [...text.matchAll(ACTION)].map(({ 0: whole, 1: action = '', index }) => ({
    action,
    isWholeValue:
      /(^ *|\n *|[[{,] *|[:-] +)$/.test(text.slice(0, index)) && /^($|[\s,\]}])/.test(text.slice(index + whole.length)),
  }));
  const actions = found.map(({ action }) => action);
  const assignments = actions.flatMap((action) => {
    const [, name, expression] = ASSIGNMENT.exec(action) ?? [];
    return name === undefined || expression === undefined ? [] : [{ name, expression }];
  });

  const isSafe = (expression: string): boolean => {
    const steps = splitPipeline(expression);
    while (LAYOUT.test(steps.at(-1) ?? '')) steps.pop();
    const last = steps.at(-1) ?? '';
    if (SAFE.test(last)) return true;
    if (steps.length > 1) return false;
    const included = /^include "([^"]+)"/.exec(last)?.[1];
    if (included !== undefined) return isSafeHelper(included);
    const set = assignments.filter(({ name }) => name === last);
    return set.length > 0 && set.every(({ expression }) => isSafe(expression));
  };
  const isSafeHelper = (name: string): boolean => {
    const helper = helpers.get(name);
    if (helper === undefined) return false;
    return seen.includes(name) || sinksIn(helper, helpers, [...seen, name]).length === 0;
  };
  return found
    .filter(({ action }) => !CONTROL.test(action) && !ASSIGNMENT.test(action))
    .filter(({ action, isWholeValue }) => !isSafe(action) || !(isWholeValue || NUMBER.test(action)))
    .map(({ action }) => action);
}

/** Splits `a (b | c) | d "|"` at the bars that are outside parentheses and quotes. */
function splitPipeline(expression: string): string[] {
  const steps = [''];
  let depth = 0;
  for (const token of expression.match(/"(?:[^"\\]|\\.)*"|`[^`]*`|[()|]|[^"`()|]+/g) ?? []) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (token === '|' && depth === 0) steps.push('');
    else steps.push((steps.pop() ?? '') + token);
  }
  return steps.map((step) => step.trim());
}
