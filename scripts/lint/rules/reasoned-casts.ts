/**
 * Demands a reason for `as`, which silences the compiler. Functions named parseX need none: they check what they claim.
 * Elsewhere a comment says why it holds, on the line or on the line above it or its statement. `as const` and `satisfies`
 * claim nothing.
 */
import type { Node } from 'oxc-parser';
import { faultAt, functionAround, lineAt, type Rule, walk } from '../source.ts';

const STATEMENT = /Statement$|Declaration$|^PropertyDefinition$|^MethodDefinition$|^Property$|^JSXAttribute$/;

export const reasonedCasts: Rule = (source) => {
  const endings = new Set(source.comments.map(({ end }) => lineAt(source, end)));
  const faults: string[] = [];
  walk(source.program, (node, ancestors) => {
    if (node.type !== 'TSAsExpression' && node.type !== 'TSTypeAssertion') return;
    if (isConst(node.typeAnnotation) || ancestors.at(-1)?.type === 'TSAsExpression') return;
    if (/^parse(?:[A-Z]|$)/.test(functionAround(ancestors) ?? '')) return;
    const statement = ancestors.findLast(({ type }) => STATEMENT.test(type)) ?? node;
    const here = lineAt(source, node.end);
    const from = [lineAt(source, node.start), lineAt(source, statement.start)];
    if (endings.has(here) || from.some((line) => endings.has(line - 1))) return;
    faults.push(faultAt(source, node, '`as` outside parseX without a comment that says why it holds'));
  });
  return faults;
};

function isConst(type: Node): boolean {
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const';
}
