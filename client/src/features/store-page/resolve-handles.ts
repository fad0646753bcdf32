/** What a person can press on this store, from the table of handles. Pure. */
import {
  type EngineView,
  type Grants,
  type Handle,
  handlesOf,
  isReason,
  type Pod,
  type ProcedureName,
  rightRefusal,
  type Store,
} from '@shopyard/contracts';
import { storeHref } from '../../lib/route.ts';

export type ShownHandle =
  | { kind: 'link'; label: string; href: string; title?: string; outside?: boolean }
  | { kind: 'admin'; label: string; to: string }
  | { kind: 'createAgain'; label: string }
  | { kind: 'copy'; label: string; command: string };

type Known = Pick<Store, 'id' | 'team' | 'namespace' | 'reason' | 'message' | 'url' | 'readyAt' | 'attempt'>;

interface Around {
  /** Who would press. */
  caller: Grants;
  pods: readonly Pod[];
  engine: EngineView | undefined;
  /** Log of the troubled container, if one is known. */
  log: { href: string; text: string } | undefined;
}

/** What leads to a page that shows or does this, by kind; others need no right. */
const NEEDED: Partial<Record<Handle['kind'], ProcedureName>> = {
  fix: 'stores.update',
  log: 'stores.logs',
  rollBack: 'stores.rollback',
  admin: 'stores.loginLink',
};

/** In order, the main one first, without what the user has no right to. Retry, restart and delete are in the header, the warnings below the reason. */
export function resolveHandles(store: Known, around: Around): ShownHandle[] {
  const { engine } = around;
  if (!engine || store.reason === undefined || !isReason(store.reason)) return [];
  return handlesOf(store.reason, engine)
    .filter(({ kind }) => isAllowed(kind, store, around.caller))
    .flatMap((handle) => resolve(handle, store, around) ?? []);
}

function isAllowed(kind: Handle['kind'], store: Known, caller: Grants): boolean {
  if (kind === 'createAgain') return !rightRefusal('stores.create', caller);
  const action = NEEDED[kind];
  return action === undefined || !rightRefusal(action, caller, store);
}

function resolve(handle: Handle, store: Known, around: Around): ShownHandle | undefined {
  const { id, namespace, url } = store;
  switch (handle.kind) {
    case 'fix':
      return toFix(handle.field, store, around);
    case 'log':
      return {
        kind: 'link',
        label: around.log?.text ?? 'Log',
        href: around.log?.href ?? storeHref(id, { tab: 'logs' }),
      };
    case 'rollBack': {
      const href = storeHref(id, { tab: 'revisions', back: 'previous' });
      return isBrokenByUpdate(store) ? { kind: 'link', label: 'Roll back…', href } : undefined;
    }
    case 'history':
      return { kind: 'link', label: 'Activity', href: storeHref(id, { tab: 'activity' }) };
    case 'resources':
      return { kind: 'link', label: 'Resources', href: storeHref(id) };
    case 'open':
      return { kind: 'link', label: 'Open the shop', href: url, outside: true };
    case 'admin': {
      const to = around.engine?.adminPages[handle.page];
      return to === undefined ? undefined : { kind: 'admin', label: `Open ${handle.page}`, to };
    }
    case 'createAgain':
      return { kind: 'createAgain', label: 'Create under another name…' };
    case 'copy':
      return { kind: 'copy', label: handle.label, command: handle.command.replaceAll('{ns}', namespace) };
    case 'retry':
    case 'restart':
    case 'delete':
    case 'forceRemove':
    case 'events':
    case 'none':
    case 'later':
      return undefined;
  }
}

/** It worked before its settings changed, and has not worked with them yet. */
function isBrokenByUpdate({ readyAt, attempt: { kind, steps } }: Known): boolean {
  const isChange = kind === 'update' || kind === 'retry';
  return readyAt !== undefined && isChange && steps.some(({ state }) => state !== 'done');
}

function toFix(field: string, store: Known, around: Around): ShownHandle | undefined {
  const message = store.message ?? '';
  const named = /\bvalues\.([\w.-]+\w)/.exec(message)?.[1] ?? '';
  const [limit] = /[\w-]+\.resources\.limits\.memory/.exec(message) ?? [];
  const task = around.engine?.components.find(({ role }) => role === 'task')?.name ?? '';
  // The size sets the resources of what runs all the time, not those of a task.
  if (field === 'size' && limit?.startsWith(`${task}.`)) return undefined;
  const path =
    field.endsWith('.resources.limits.memory') && limit !== undefined
      ? limit
      : field.replace('{named}', named).replace('{task}', task).replace('{c}', findTroubled(message, around));
  const href = storeHref(store.id, { tab: 'settings', field: path });
  return path === ''
    ? { kind: 'link', label: 'Open settings', href }
    : { kind: 'link', label: path === 'size' ? 'Change size…' : `Fix ${toWords(path)}…`, href, title: path };
}

/** Section of the values of the component that the message is about: named first, else not ready, else the shop's. */
export function findTroubled(message: string, { pods, engine }: Pick<Around, 'pods' | 'engine'>): string {
  const components = engine?.components ?? [];
  // An image's name may hold another component's: `(container mariadb)` says which one it is for.
  const [, about = message] = /\(container ([^)]+)\)/.exec(message) ?? [];
  const place = ({ name }: { name: string }): number => about.search(new RegExp(`\\b${name}\\b`));
  const [named] = components.filter((one) => place(one) >= 0).toSorted((a, b) => place(a) - place(b));
  const unready = pods.find(({ ready, component }) => !ready && components.some(({ name }) => name === component));
  const found = named ?? components.find(({ name }) => name === unready?.component) ?? components[0];
  return found?.valuesKey ?? '';
}

/** What people call the last part of a field. */
const WORDS: readonly (readonly [end: string, words: string])[] = [
  ['image.tag', 'image'],
  ['image.repository', 'image name'],
  ['image.pullPolicy', 'pull policy'],
  ['resources.limits.memory', 'memory limit'],
  ['resources.requests.memory', 'memory'],
  ['storage.className', 'storage class'],
  ['global.imageRegistry', 'registry'],
  ['global.imagePullSecrets', 'pull secrets'],
  ['quota.hard', 'quota'],
  ['podAnnotations', 'annotations'],
];

function toWords(field: string): string {
  return WORDS.find(([end]) => field.endsWith(end))?.[1] ?? field;
}
