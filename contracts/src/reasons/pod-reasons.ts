/** Reasons about pods that don't become ready. */
import { FIX_VALUES, spec, terminalSpec } from './reason-spec.ts';

export const POD_REASONS = {
  InstallingEngine: spec(
    'Installing',
    'The embedded cluster installs what stores of this engine need; that is done once.',
    'There is nothing to do.',
  ),
  EngineNotInstalled: spec(
    'Not installed',
    'The embedded cluster could not install what stores of this engine need. It tries again.',
    'Do what the message says.',
  ),
  CommandFailed: terminalSpec(
    'Container failed to start',
    "A container's command can't run, for example because its image has no such program.",
    FIX_VALUES,
  ),
  OutOfMemory: spec(
    'Out of memory',
    'The kernel killed a container that exceeded its memory limit.',
    'Raise its `resources.limits.memory`.',
  ),
  CrashLoop: spec('Keeps crashing', 'A container crashes each time it starts.', 'Read its log, on the Logs tab.'),
  ProbeFailing: spec(
    'Probe failing',
    'A container runs, but its readiness, liveness or startup probe fails.',
    'Read its log, on the Logs tab.',
  ),
  NotReady: spec('Not ready', 'A workload has fewer ready pods than it should.', 'Wait, or read the log of its pods.'),
  StepOverdue: spec(
    'Step overdue',
    'A step is taking longer than its budget (`SHOPYARD_STEP_SECONDS`). Shopyard keeps waiting.',
    'Look at the pods and their logs.',
  ),
  SetupRetrying: spec(
    'Setup retrying',
    'One attempt of the setup failed.',
    'There is nothing to do: it is retried automatically.',
  ),
  SetupFailed: terminalSpec(
    'Setup failed',
    'The setup gave up; the message has the step and the last lines of its log.',
    'Fix the cause, then retry: the setup resumes where it stopped.',
  ),
  SidecarRunning: spec(
    'Sidecar keeps the setup running',
    "A container that a service mesh injected into the setup's Job never exits.",
    'Set `setup.podAnnotations` and `cron.podAnnotations` to keep it out, such as `sidecar.istio.io/inject: "false"`.',
  ),
  ConfigMissing: spec(
    'Configuration missing',
    "A container can't be configured, for example because a ConfigMap or Secret is missing.",
    'Restore what is missing; the message names it.',
  ),
  MountFailed: spec(
    'Volume not mounted',
    "The kubelet can't mount a volume.",
    'Check the storage class and its driver.',
  ),
  VolumePending: spec(
    'Volume pending',
    'No volume was provisioned for a claim.',
    "Check the storage class in the store's settings, and its provisioner.",
  ),
  Unschedulable: spec(
    "Can't be scheduled",
    "A pod can't be scheduled on any node.",
    "Free up resources, add a node, or lower the store's requests.",
  ),
} as const;
