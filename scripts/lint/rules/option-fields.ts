/** Limits the fields of options: a function with more has several concerns, or its options form groups with names. */
import type { TSSignature } from 'oxc-parser';
import { faultAt, type Rule, walk } from '../source.ts';

const MAX = 6;
const NAME = /(?:Options|Context|Sources|Hooks|Deps|Dependencies|Parts|Limits|Needs)$/;

export const optionFields: Rule = (source) => {
  const faults: string[] = [];
  const check = (node: { start: number }, name: string, members: readonly TSSignature[]): void => {
    const fields = members.filter(({ type }) => type === 'TSPropertySignature' || type === 'TSMethodSignature').length;
    if (fields > MAX) faults.push(faultAt(source, node, `${name} has ${fields} fields, at most ${MAX}: group them`));
  };
  walk(source.program, (node, ancestors) => {
    if (node.type === 'TSInterfaceDeclaration' && NAME.test(node.id.name)) check(node, node.id.name, node.body.body);
    if (node.type !== 'TSTypeLiteral') return;
    const alias = ancestors.findLast(({ type }) => type === 'TSTypeAliasDeclaration');
    const name = alias?.type === 'TSTypeAliasDeclaration' && NAME.test(alias.id.name) ? alias.id.name : undefined;
    if (name !== undefined || isParameter(ancestors)) check(node, name ?? 'a parameter', node.members);
  });
  return faults;
};

/** Whether the type is written at a parameter, as in `(options: { … })`. */
function isParameter(ancestors: readonly { type: string }[]): boolean {
  const [owner, pattern, annotation] = ancestors.slice(-3);
  return (
    annotation?.type === 'TSTypeAnnotation' &&
    (pattern?.type === 'ObjectPattern' || pattern?.type === 'Identifier') &&
    /Function/.test(owner?.type ?? '')
  );
}
