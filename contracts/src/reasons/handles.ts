/**
 * What a person can press when a store gives a reason: one table, in order, the main handle first. `{c}` stands for the
 * section of the values that the troubled component has, `{task}` for that of the engine's task; an engine adds fields of
 * its own (`EngineView.fixes`). A `later` handle names what a later version makes possible, and is not shown.
 */
import type { Reason } from './reasons.ts';

/** Pages of a shop's administration; the engine knows their paths. */
export type AdminPage = 'products' | 'payments' | 'visibility' | 'plugins';

export type Handle =
  /** Opens the settings at a field; without one, at their top. `{named}`: the field that the message names. */
  | { kind: 'fix'; field: string }
  /** Opens the log of the troubled container, or of its previous run. */
  | { kind: 'log' }
  | { kind: 'retry' }
  /** Shows what going back to the last settings that worked would change. Only where an update broke the store. */
  | { kind: 'rollBack' }
  | { kind: 'restart' }
  /** Shows the cluster's warnings. */
  | { kind: 'events' }
  | { kind: 'resources' }
  | { kind: 'history' }
  | { kind: 'forceRemove' }
  | { kind: 'delete' }
  /** Opens the dialog to create a store with this one's settings. */
  | { kind: 'createAgain' }
  /** Opens the shop. */
  | { kind: 'open' }
  | { kind: 'admin'; page: AdminPage }
  /** A line for a terminal, because Shopyard can't or may not do it. `{ns}`: the store's namespace. */
  | { kind: 'copy'; label: string; command: string }
  /** There is nothing to press. */
  | { kind: 'none'; why: string }
  | { kind: 'later'; what: 'restore' | 'backUp' };

type Handles = readonly [Handle, ...Handle[]];

const LOG = { kind: 'log' } as const;
const RETRY = { kind: 'retry' } as const;
const RESTART = { kind: 'restart' } as const;
const EVENTS = { kind: 'events' } as const;
const RESOURCES = { kind: 'resources' } as const;
const HISTORY = { kind: 'history' } as const;
const DELETE = { kind: 'delete' } as const;
const CREATE_AGAIN = { kind: 'createAgain' } as const;
const OPEN = { kind: 'open' } as const;
const ROLL_BACK = { kind: 'rollBack' } as const;
const RESTORE = { kind: 'later', what: 'restore' } as const;
const BACK_UP = { kind: 'later', what: 'backUp' } as const;
const SETTINGS = fix('');
const SIZE = fix('size');
const TAG = fix('{c}.image.tag');
const MEMORY = fix('{c}.resources.limits.memory');
const REGISTRY = fix('global.imageRegistry');
const PULL_SECRETS = fix('global.imagePullSecrets');
const QUIET = { kind: 'none', why: 'Shopyard acts by itself' } as const;

function fix(field: string): { kind: 'fix'; field: string } {
  return { kind: 'fix', field };
}
function admin(page: AdminPage): Handle {
  return { kind: 'admin', page };
}
function copy(label: string, command: string): Handle {
  return { kind: 'copy', label, command };
}

const NAMESPACE = copy('command that shows its labels', 'kubectl get namespace {ns} --show-labels');
const RIGHTS = copy('command that shows the rights', 'kubectl auth can-i --list --namespace {ns}');

export const HANDLES = {
  ImageNotFound: [TAG, ROLL_BACK],
  ImageNameInvalid: [fix('{c}.image.repository')],
  ImageUnauthorized: [PULL_SECRETS, RETRY],
  ImageNotLoaded: [fix('{c}.image.pullPolicy'), RETRY],
  PullSecretMissing: [
    copy(
      'command that creates it',
      'kubectl create secret docker-registry NAME --namespace {ns} --docker-server=REGISTRY --docker-username=USER --docker-password=PASSWORD',
    ),
    PULL_SECRETS,
  ],
  ImageRateLimited: [REGISTRY, PULL_SECRETS, RETRY],
  RegistryUnreachable: [REGISTRY, RETRY],
  ImagePullFailed: [REGISTRY, RETRY, EVENTS],

  InstallingEngine: [QUIET, EVENTS],
  EngineNotInstalled: [RETRY, EVENTS],
  CommandFailed: [TAG, ROLL_BACK, LOG],
  OutOfMemory: [MEMORY, SIZE, LOG],
  CrashLoop: [LOG, ROLL_BACK, TAG],
  ProbeFailing: [LOG, RESTART, MEMORY],
  NotReady: [LOG, RESTART, MEMORY],
  StepOverdue: [LOG, RESTART, MEMORY],
  SetupRetrying: [LOG],
  SetupFailed: [LOG, RETRY, ROLL_BACK],
  SidecarRunning: [fix('{task}.podAnnotations'), LOG],
  ConfigMissing: [EVENTS, RETRY],
  MountFailed: [EVENTS, RETRY],
  VolumePending: [fix('{c}.storage.className'), EVENTS],
  Unschedulable: [fix('{c}.resources.requests.memory'), SIZE, EVENTS],

  QuotaExceeded: [fix('quota.hard'), SIZE, EVENTS],
  QuotaNeedsLimits: [MEMORY, EVENTS],
  LimitExceeded: [MEMORY, EVENTS],
  PodSecurity: [NAMESPACE, RETRY],
  PodRefused: [EVENTS, RETRY],
  ClusterRefused: [RETRY, EVENTS],
  Forbidden: [RIGHTS, RETRY],
  InvalidValues: [fix('{named}'), ROLL_BACK],
  ChartMissing: [SETTINGS, RETRY, HISTORY],
  InvalidObject: [SETTINGS, ROLL_BACK, RETRY],
  ImmutableField: [SETTINGS, ROLL_BACK, DELETE],
  RefusedByPolicy: [
    SETTINGS,
    copy('command that lists the policies', 'kubectl get validatingadmissionpolicies,validatingwebhookconfigurations'),
    RETRY,
  ],
  ManifestRefused: [
    SETTINGS,
    copy("command that lists Helm's records", 'kubectl get configmaps --namespace {ns} --selector owner=helm'),
    RETRY,
    DELETE,
  ],
  NamespaceConflict: [CREATE_AGAIN, NAMESPACE, RETRY, DELETE],
  OwnedByAnother: [CREATE_AGAIN, RETRY, DELETE],

  HelmFailed: [RETRY, HISTORY],
  HelmTimedOut: [RETRY, HISTORY],
  ReleaseNotFound: [RETRY, HISTORY],
  ReleaseLocked: [RETRY, HISTORY],
  ReleaseBusy: [QUIET, HISTORY],
  ReleaseMissing: [QUIET, HISTORY],
  Restarting: [QUIET, RESOURCES],
  Suspending: [QUIET, RESOURCES],
  Resuming: [QUIET, RESOURCES],
  ChangeWaiting: [QUIET, HISTORY],
  ClusterUnreachable: [RETRY, HISTORY],
  ObjectMissing: [QUIET, HISTORY],
  ObjectChanged: [QUIET, HISTORY],
  NamespaceMissing: [RESTORE, HISTORY, DELETE],
  AddressChanged: [QUIET, HISTORY],
  NamespaceTerminating: [RESOURCES, { kind: 'forceRemove' }],
  Adopted: [RETRY, SETTINGS],

  VolumeDeleting: [BACK_UP, RESOURCES, DELETE],
  VolumeTerminating: [BACK_UP, RESOURCES, DELETE],
  VolumeLost: [RESTORE, RETRY, DELETE],
  CredentialsLost: [RESTORE, RETRY, DELETE],

  NothingToBuy: [admin('products')],
  NoPayment: [admin('payments')],
  ComingSoon: [admin('visibility')],
  ClosedToVisitors: [admin('plugins'), OPEN],
  NoCashOnDelivery: [admin('payments')],
  NoAnswer: [LOG, OPEN, RETRY],
  PageFails: [LOG, OPEN, RETRY],
  ProductNotShown: [admin('products'), OPEN],
  CartFails: [LOG, OPEN, RETRY],
  CartRefuses: [admin('products'), OPEN],
  NoStoreApi: [admin('plugins'), LOG, RETRY],
} as const satisfies Record<Reason, Handles>;

interface Fixes {
  /** By reason: fields that only this engine has. */
  fixes: Readonly<Record<string, readonly string[]>>;
}

/** The handles to show for a reason of a store of this engine; none that belong to a later version. */
export function handlesOf(reason: Reason, { fixes }: Fixes): Handle[] {
  const own = (fixes[reason] ?? []).map(fix);
  const shown: Handle[] = HANDLES[reason].filter(({ kind }) => kind !== 'later');
  return [...shown, ...own];
}
