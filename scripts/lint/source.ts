/** Parsed sources, for the rules about syntax. */
import { type Comment, type Node, parseSync, type Program } from 'oxc-parser';

export interface Source {
  /** Path from the repository's root. */
  file: string;
  text: string;
  program: Program;
  comments: readonly Comment[];
}

/** Returns one sentence per fault, as `file:line: what is wrong`. */
export type Rule = (source: Source) => string[];

/** Throws if the text is not TypeScript. */
export function parseSource(file: string, text: string): Source {
  const { program, comments, errors } = parseSync(file, text);
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  return { file, text, program, comments };
}

/** Line number of an offset, counted from 1. */
export function lineAt({ text }: Source, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

export function faultAt(source: Source, { start }: { start: number }, what: string): string {
  return `${source.file}:${lineAt(source, start)}: ${what}`;
}

/** Visits `root` and every node below it, each with its ancestors, nearest last. */
export function walk(root: Node, visit: (node: Node, ancestors: readonly Node[]) => void): void {
  const ancestors: Node[] = [];
  const descend = (node: Node): void => {
    visit(node, ancestors);
    ancestors.push(node);
    for (const child of childrenOf(node)) descend(child);
    ancestors.pop();
  };
  descend(root);
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Name of the innermost named function around a node; `undefined` at the top level. */
export function functionAround(ancestors: readonly Node[]): string | undefined {
  for (let index = ancestors.length - 1; index >= 0; index -= 1) {
    const node = ancestors[index];
    const name = node && nameOfFunction(node, ancestors[index - 1]);
    if (name !== undefined) return name;
  }
  return undefined;
}

function nameOfFunction(node: Node, parent: Node | undefined): string | undefined {
  if (node.type === 'FunctionDeclaration') return node.id?.name;
  if (node.type !== 'ArrowFunctionExpression' && node.type !== 'FunctionExpression') return undefined;
  if (parent?.type === 'VariableDeclarator') return parent.id.type === 'Identifier' ? parent.id.name : undefined;
  const isMember = parent?.type === 'MethodDefinition' || parent?.type === 'Property';
  return isMember && parent.key.type === 'Identifier' ? parent.key.name : undefined;
}
