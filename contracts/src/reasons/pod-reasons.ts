/** Reasons about pods that don't become ready. */
import { FIX_VALUES, spec, terminalSpec } from './reason-spec.ts';

export const POD_REASONS = {
  CommandFailed: terminalSpec('Container failed to start', 'The image holds no program that starts.', FIX_VALUES),
  OutOfMemory: spec(
    'Out of memory',
    'The kernel killed a container that exceeded its memory limit.',
    'Raise its `resources.limits.memory`.',
  ),
  CrashLoop: spec('Crash loop', 'A container exits again and again.', 'Read its log; it is on the Logs tab.'),
  ProbeFailing: spec(
    'Probe failing',
    'A container runs, but its readiness, liveness or startup probe fails.',
    'Read its log; it is on the Logs tab.',
  ),
  NotReady: spec('Not ready', 'A workload has fewer ready pods than it should.', 'Wait, or read the log of its pods.'),
  StepOverdue: spec(
    'Step overdue',
    'A step takes longer than its budget (`SHOPYARD_STEP_SECONDS`). Shopyard keeps waiting.',
    'Look at the pods and their logs.',
  ),
  SetupRetrying: spec(
    'Setup retrying',
    'One attempt of the setup failed.',
    'There is nothing to do: the Job retries by itself.',
  ),
  SetupFailed: terminalSpec(
    'Setup failed',
    'The setup gave up; the message names the step and the last lines of its log.',
    'Fix the cause, then Retry: the setup resumes where it stopped.',
  ),
  SidecarRunning: spec(
    'Sidecar keeps the setup running',
    "A container that a mesh injected into the setup's Job never exits.",
    'Set `setup.podAnnotations` and `cron.podAnnotations` to keep it out, such as `sidecar.istio.io/inject: "false"`.',
  ),
  ConfigMissing: spec(
    'Configuration missing',
    'A ConfigMap or Secret that a container needs is missing.',
    'Restore it.',
  ),
  MountFailed: spec(
    'Volume not mounted',
    "The kubelet can't mount a volume.",
    'Check the storage class and its driver.',
  ),
  VolumePending: spec(
    'Volume pending',
    'No volume was provisioned for a claim.',
    "Check the storage class in the store's values, and its provisioner.",
  ),
  Unschedulable: spec(
    'Unschedulable',
    'A pod fits on no node.',
    "Free resources, add a node, or lower the store's requests.",
  ),
} as const;
