/**
 * Mounts a host folder into PHP's file system. PHP can write only to mounts that are declared
 * writable; it creates no links and follows none. php-wasm has no such options, so its operations are wrapped.
 */
import { createNodeFsMountHandler } from '@php-wasm/node';
import type { MountHandler } from '@php-wasm/universal';

export type Access = 'read-only' | 'writable';

// Error numbers of musl in WebAssembly.
const EACCES = 2;
const EPERM = 63;
const EROFS = 69;
/** Flags of an `open` that may modify: O_WRONLY, O_RDWR, O_CREAT, O_TRUNC. */
const WRITES = 1 | 2 | 64 | 512;

interface FsNode {
  mode: number;
  mount: { opts: { access?: Access } };
}

interface Stream {
  node: FsNode;
  flags: number;
}

type Operations = Record<string, ((...args: never[]) => unknown) | undefined>;

interface FileSystem {
  filesystems: Record<string, unknown>;
  ErrnoError: new (errno: number) => Error;
  isDir(mode: number): boolean;
  isFile(mode: number): boolean;
  isLink(mode: number): boolean;
  lookupPath(path: string): { node: FsNode };
}

/** Marks the operations that are wrapped already: all runtimes of a process share them. */
const GUARDED = Symbol('guarded');

interface NodeFs {
  node_ops: Operations;
  stream_ops: Operations;
  [GUARDED]?: true;
}

/** The same for each runtime that PHP is moved to. */
export function guardedMount(folder: string, access: Access): MountHandler {
  const mount = createNodeFsMountHandler(folder);
  return async (php, rootFs, point) => {
    // php-wasm has no type for the rest of its file system.
    const fs = rootFs as unknown as FileSystem;
    guard(fs);
    const unmount = await mount(php, rootFs, point);
    fs.lookupPath(point).node.mount.opts.access = access;
    return unmount;
  };
}

function guard(fs: FileSystem): void {
  // php-wasm has no type for it; the tests mount with this version of it.
  const nodeFs = fs.filesystems['NODEFS'] as NodeFs;
  if (nodeFs[GUARDED]) return;
  nodeFs[GUARDED] = true;
  const { node_ops: onNodes, stream_ops: onStreams } = nodeFs;
  const refuse = (errno: number): never => {
    throw new fs.ErrnoError(errno);
  };
  const needsWritable = (node: FsNode): void => {
    if (node.mount.opts.access !== 'writable') refuse(EROFS);
    // Node would follow it out of the mount.
    if (fs.isLink(node.mode)) refuse(EACCES);
  };
  for (const name of ['setattr', 'unlink', 'rmdir']) before(onNodes, name, needsWritable);
  before(onNodes, 'mknod', (folder: FsNode, _name: string, mode: number) => {
    needsWritable(folder);
    if (!fs.isDir(mode) && !fs.isFile(mode)) refuse(EPERM);
  });
  before(onNodes, 'rename', ({ mount }: FsNode, folder: FsNode) => {
    // The link itself may be deleted.
    if (mount.opts.access !== 'writable') refuse(EROFS);
    needsWritable(folder);
  });
  before(onNodes, 'symlink', (folder: FsNode) => {
    needsWritable(folder);
    refuse(EPERM);
  });
  before(onNodes, 'readlink', () => refuse(EACCES));
  before(onStreams, 'open', ({ node, flags }: Stream) => {
    if ((flags & WRITES) !== 0) needsWritable(node);
    if (fs.isLink(node.mode)) refuse(EACCES);
  });
  for (const name of ['setattr', 'write', 'msync', 'allocate'])
    before(onStreams, name, ({ node }: Stream) => needsWritable(node));
}

/** Skips operations that this version of php-wasm lacks. */
function before<Args extends unknown[]>(operations: Operations, name: string, check: (...args: Args) => void): void {
  // Emscripten says which arguments each operation has.
  const operation = operations[name] as ((...args: Args) => unknown) | undefined;
  if (!operation) return;
  operations[name] = (...args: Args) => {
    check(...args);
    return operation.apply(operations, args);
  };
}
