/** Keeps decisions about stores pure: computed synchronously, from arguments alone, with the same result every time. */
import type { Node } from 'oxc-parser';
import { faultAt, type Rule, walk } from '../source.ts';

/** Excludes the parts of engines that run in the embedded cluster. */
const ROOMS = /^(?:server\/src\/domain|engines\/src)\/(?!\w+\/embedded)/;
/** Functions from node: that only compute. */
const PURE: Readonly<Record<string, readonly string[]>> = {
  'node:crypto': ['createHash', 'createHmac'],
  'node:url': ['fileURLToPath'],
};
/** An engine's only I/O is the `ask` passed to it: files that name `Ask` may wait for it. */
const MAY_WAIT = /^engines\/src\//;
const NAMES_ASK = /\bAsk\b/;
const CLOCKS: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Math: ['random'],
  performance: ['now'],
  crypto: ['randomUUID', 'getRandomValues'],
};
const EFFECTS = new Set(['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'process', 'queueMicrotask']);

export const pureRooms: Rule = (source) => {
  if (!ROOMS.test(source.file)) return [];
  const faults: string[] = [];
  const refuse = (node: Node, what: string): void =>
    void faults.push(faultAt(source, node, `${what} in a room that only computes`));
  walk(source.program, (node) => {
    if (node.type === 'ImportDeclaration' && node.source.value.startsWith('node:') && !isPure(node))
      refuse(node, node.source.value);
    const mayWait = MAY_WAIT.test(source.file) && NAMES_ASK.test(source.text);
    if (!mayWait && (node.type === 'AwaitExpression' || ('async' in node && node.async))) refuse(node, 'waiting');
    if (node.type === 'NewExpression' && isNamed(node.callee, 'Date') && node.arguments.length === 0)
      refuse(node, 'reading the clock');
    if (node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.property.type === 'Identifier')
      if (CLOCKS[node.object.name]?.includes(node.property.name))
        refuse(node, `${node.object.name}.${node.property.name}`);
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && EFFECTS.has(node.callee.name))
      refuse(node, node.callee.name);
    if (node.type === 'MemberExpression' && isNamed(node.object, 'process')) refuse(node, 'process');
  });
  return faults;
};

function isPure({ source, specifiers }: Extract<Node, { type: 'ImportDeclaration' }>): boolean {
  return specifiers.every(({ type, local }) => type === 'ImportSpecifier' && PURE[source.value]?.includes(local.name));
}

const isNamed = (node: Node, name: string): boolean => node.type === 'Identifier' && node.name === name;
