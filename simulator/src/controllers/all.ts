/** Every controller of the embedded cluster. */
import { schedulerController } from '../node/scheduler.ts';
import { autoscalerController } from './autoscalers.ts';
import type { Controller } from './controller.ts';
import { deploymentController } from './deployments.ts';
import { endpointController } from './endpoints.ts';
import { garbageCollectors } from './garbage-collector.ts';
import { jobController } from './jobs.ts';
import { namespaceController } from './namespaces.ts';
import { quotaController } from './quotas.ts';
import { replicaSetController } from './replicasets.ts';
import { statefulSetController } from './statefulsets.ts';
import { claimController, volumeController } from './volumes.ts';

export const controllers: readonly Controller[] = [
  namespaceController,
  schedulerController,
  deploymentController,
  replicaSetController,
  statefulSetController,
  jobController,
  autoscalerController,
  claimController,
  volumeController,
  endpointController,
  quotaController,
  ...garbageCollectors,
];
