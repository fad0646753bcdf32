/** Which lines contain the text or expression that is asked for. Pure. */

export interface Search {
  include: string;
  exclude: string;
  /** Both are regular expressions. */
  regex: boolean;
}

export interface Match {
  excluded: boolean;
  /** Contains `include`; true for all lines if nothing is asked for. */
  included: boolean;
  /** Where, as start and end in turn. */
  ranges: readonly number[];
}

/** Characters of a line that are searched. */
const SEARCHED = 10_000;
const MAX_RANGES = 20;
const NOWHERE: Match = { excluded: false, included: true, ranges: [] };

/** Why an expression can't be read; undefined for a good or empty one. */
export function faultOf(expression: string): string | undefined {
  try {
    RegExp(expression);
    return undefined;
  } catch (error) {
    // "Invalid regular expression: /(/: Unterminated group": the last part says it.
    const said = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : '';
    return `Not a regular expression${said ? `: ${said.replace(/^./, (first) => first.toLowerCase())}` : ''}.`;
  }
}

/** An expression that can't be read counts as empty. */
export function createMatcher({ include, exclude, regex }: Search): (text: string) => Match {
  const find = finderOf(include, regex);
  const refuse = finderOf(exclude, regex);
  return (text) => {
    const searched = text.slice(0, SEARCHED);
    if (refuse && refuse(searched, 1).length > 0) return { excluded: true, included: false, ranges: [] };
    if (!find) return NOWHERE;
    const ranges = find(searched, MAX_RANGES);
    return { excluded: false, included: ranges.length > 0, ranges };
  };
}

type Finder = (text: string, most: number) => number[];

function finderOf(asked: string, regex: boolean): Finder | undefined {
  if (asked === '' || (regex && faultOf(asked) !== undefined)) return undefined;
  return regex ? findExpression(RegExp(asked, 'gi')) : findText(asked.toLowerCase());
}

function findText(wanted: string): Finder {
  return (text, most) => {
    const lower = text.toLowerCase();
    const ranges: number[] = [];
    for (let at = lower.indexOf(wanted); at >= 0 && ranges.length < 2 * most; at = lower.indexOf(wanted, at)) {
      ranges.push(at, at + wanted.length);
      at += wanted.length;
    }
    return ranges;
  };
}

function findExpression(expression: RegExp): Finder {
  return (text, most) => {
    const ranges: number[] = [];
    for (const { index, 0: found } of text.matchAll(expression)) {
      ranges.push(index, index + found.length);
      if (ranges.length >= 2 * most) break;
    }
    return ranges;
  };
}
