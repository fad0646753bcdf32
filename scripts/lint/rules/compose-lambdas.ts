/** compose only wires: its lambdas bind, as in `() => x.y(z)`. Decisions belong in a room. */
import type { Node } from 'oxc-parser';
import { faultAt, type Rule, walk } from '../source.ts';

export const composeLambdas: Rule = (source) => {
  if (!source.file.startsWith('server/src/compose/')) return [];
  const faults: string[] = [];
  walk(source.program, (node, ancestors) => {
    if (node.type !== 'ArrowFunctionExpression' && node.type !== 'FunctionExpression') return;
    const isMethod = ancestors.at(-1)?.type === 'MethodDefinition';
    if (!isMethod && !(node.body && isBinding(node.body)))
      faults.push(faultAt(source, node, 'a lambda of compose only binds `x.y`: move the logic into a room'));
  });
  return faults;
};

/** `x`, `x.y`, and calls of them with such arguments, with or without `void` and `await`. */
function isBinding(node: Node): boolean {
  switch (node.type) {
    case 'Identifier':
    case 'ThisExpression':
    case 'Literal':
      return true;
    case 'MemberExpression':
      return !node.computed && isBinding(node.object);
    case 'CallExpression':
      return isBinding(node.callee) && node.arguments.every(isBinding);
    case 'UnaryExpression':
      return node.operator === 'void' && isBinding(node.argument);
    case 'AwaitExpression':
      return isBinding(node.argument);
    default:
      return false;
  }
}
