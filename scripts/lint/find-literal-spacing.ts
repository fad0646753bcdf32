/** Spacing and type of the dashboard come from client/src/app/tokens.css; lengths in em go with the text beside them. */

const DECLARATION = /([\w-]+)\s*:\s*([^;{}]+)/g;
const SPACING = /^(scroll-)?(margin|padding)(-|$)|^(row-|column-)?gap$|^font(-size)?$/;
const LITERAL = /(?<![\w.-])-?(?!0(?:px|rem))\d*\.?\d+(px|rem)\b/;
const TOKENS = 'client/src/app/tokens.css';

/** A sentence per declaration with a literal length. `styles`: texts of style sheets by path. */
export function findLiteralSpacing(styles: ReadonlyMap<string, string>): string[] {
  return [...styles].flatMap(([file, text]) => (file === TOKENS ? [] : faultsIn(file, text)));
}

function faultsIn(file: string, text: string): string[] {
  const bare = text.replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '));
  return [...bare.matchAll(DECLARATION)].flatMap(({ 1: property = '', 2: value = '', index }) => {
    const literal = SPACING.test(property) ? LITERAL.exec(value)?.[0] : undefined;
    const line = bare.slice(0, index).split('\n').length;
    return literal === undefined
      ? []
      : [`${file}:${line}: ${property}: ${literal} is literal, use a token of ${TOKENS}`];
  });
}
