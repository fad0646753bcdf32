/** Brings a container's image to the node, or fails as a registry would, with the kubelet's events and back-off. */
import { messageOf } from '../error-message.ts';
import { backoff, RETRY_MS, START_MS } from './backoff.ts';
import type { ContainerRecord } from './container-record.ts';
import { failureOf, pullError, refusedImage } from './fault-injection.ts';
import type { PodOnNode } from './pod-on-node.ts';
import { missingVolume } from './references.ts';
import type { ContainerRuntime } from './runtime.ts';

const PULL_MS = 700;

export interface ImagePullerOptions {
  pod: PodOnNode;
  bring: NonNullable<ContainerRuntime['bring']>;
  /** Images already on the node: pulling one again is instant. */
  images: Set<string>;
  /** The state of a container changed. */
  onChange: () => void;
  onPulled: (record: ContainerRecord) => void;
}

export class ImagePuller {
  readonly #options: ImagePullerOptions;

  constructor(options: ImagePullerOptions) {
    this.#options = options;
  }

  pull(record: ContainerRecord, attempt = 0): void {
    const { pod, images, onChange, onPulled } = this.#options;
    const found = pod.read();
    const image = record.spec.image ?? '';
    if (!found) return;
    record.state = { waiting: { reason: 'ContainerCreating' } };
    const unmounted = missingVolume(pod.registry.store, found);
    if (unmounted) {
      pod.event({ type: 'Warning', reason: 'FailedMount', message: unmounted });
      return pod.retry(RETRY_MS * 2, () => this.pull(record, attempt));
    }
    const never = refusedImage(image, images.has(image), record.spec.imagePullPolicy);
    if (never) {
      record.state = { waiting: never };
      pod.event({ type: 'Warning', reason: 'Failed', message: `Error: ${never.reason}` });
      onChange();
      return pod.retry(RETRY_MS * 5, () => this.pull(record, attempt));
    }
    const asked = failureOf(found, image, record.init);
    const refusal = asked && attempt < asked.times ? pullError(asked.mode, image) : undefined;
    if (refusal) return pod.later(PULL_MS / 2, () => this.#failed(record, { attempt, refusal }));
    const present = images.has(image);
    const brought = this.#options.bring(image, (progress) => {
      if (pod.stopping) return;
      record.state = { waiting: { reason: 'ContainerCreating', message: progress } };
      onChange();
    });
    if (!present || brought) pod.event({ type: 'Normal', reason: 'Pulling', message: `Pulling image "${image}"` });
    const pulled = (): void => {
      if (pod.stopping) return;
      pod.later(present ? START_MS : PULL_MS, () => {
        const message = present
          ? `Container image "${image}" already present on machine`
          : `Successfully pulled image "${image}"`;
        images.add(image);
        pod.event({ type: 'Normal', reason: 'Pulled', message });
        onPulled(record);
      });
    };
    if (brought)
      brought.then(pulled, (error: unknown) => {
        if (!pod.stopping) this.#failed(record, { attempt, refusal: messageOf(error) });
      });
    else pulled();
  }

  #failed(record: ContainerRecord, { attempt, refusal }: { attempt: number; refusal: string }): void {
    const { pod, onChange } = this.#options;
    const image = record.spec.image ?? '';
    pod.event({ type: 'Warning', reason: 'Failed', message: `Failed to pull image "${image}": ${refusal}` });
    pod.event({ type: 'Warning', reason: 'Failed', message: 'Error: ErrImagePull' });
    record.state = { waiting: { reason: 'ErrImagePull', message: refusal } };
    onChange();
    pod.later(START_MS * 10, () => {
      record.state = {
        waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}": ErrImagePull: ${refusal}` },
      };
      pod.event({ type: 'Normal', reason: 'BackOff', message: `Back-off pulling image "${image}"` });
      onChange();
      pod.retry(backoff(attempt), () => this.pull(record, attempt + 1));
    });
  }
}
