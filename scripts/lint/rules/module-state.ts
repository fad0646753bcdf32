/**
 * Keeps state out of modules: the whole process would share it, tests included. It belongs to objects. A program may have
 * some, because it exports nothing and nobody shares it.
 */
import type { Node } from 'oxc-parser';
import { faultAt, type Rule, walk } from '../source.ts';

const COLLECTION = /^(?:Weak)?(?:Map|Set)$|^Array$/;
const MUTATING = new Set('set add delete clear push pop shift unshift splice sort reverse fill copyWithin'.split(' '));

export const moduleState: Rule = (source) => {
  if (!source.program.body.some(({ type }) => type.startsWith('Export'))) return [];
  const faults: string[] = [];
  const containers = new Set<string>();
  for (const statement of source.program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    if (declaration.kind === 'let' || declaration.kind === 'var')
      faults.push(faultAt(source, declaration, `\`${declaration.kind}\` at module level`));
    for (const { id, init } of declaration.declarations)
      if (id.type === 'Identifier' && init && isContainer(init)) containers.add(id.name);
  }
  walk(source.program, (node) => {
    const name = mutatedBy(node);
    if (name !== undefined && containers.has(name))
      faults.push(faultAt(source, node, `${name} is state at module level`));
  });
  return faults;
};

function isContainer(node: Node): boolean {
  if (node.type === 'NewExpression') return node.callee.type === 'Identifier' && COLLECTION.test(node.callee.name);
  return node.type === 'ArrayExpression' || node.type === 'ObjectExpression';
}

/** The variable whose contents this node changes: `x.set(…)`, `x[y] = …`, `delete x.y`, `x.y += 1`. */
function mutatedBy(node: Node): string | undefined {
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    const { object, property } = node.callee;
    const mutates = property.type === 'Identifier' && MUTATING.has(property.name);
    return mutates && object.type === 'Identifier' ? object.name : undefined;
  }
  if (node.type === 'AssignmentExpression') return memberOf(node.left);
  if (node.type === 'UpdateExpression') return memberOf(node.argument);
  return node.type === 'UnaryExpression' && node.operator === 'delete' ? memberOf(node.argument) : undefined;
}

function memberOf(node: Node): string | undefined {
  return node.type === 'MemberExpression' && node.object.type === 'Identifier' ? node.object.name : undefined;
}
