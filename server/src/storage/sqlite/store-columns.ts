/** A store's spec and status as columns: the counterpart of parse-store.ts. */
import { type Phase, formatPin } from '@shopyard/contracts';
import { phaseOf } from '../../domain/phase.ts';
import type { FoundSpec, StoreStatus, Sighting } from '../../domain/store.ts';
import type { NewStoreRow, StoreStatusColumns } from './tables.ts';

/** The columns of a spec without its identity. */
export function toSpecColumns({ values, profile, generation, desired, held, chart }: FoundSpec) {
  return {
    store_values: JSON.stringify(values),
    profile: JSON.stringify(profile),
    generation,
    desired,
    chart: chart ? formatPin(chart) : null,
    held_generation: held?.generation ?? null,
    held_url: held?.url ?? null,
  };
}

/** The row of a store that nobody has looked at yet. `otherwise`: its phase, unless its deletion was requested. */
export function toNewRow(store: FoundSpec, otherwise: Phase): NewStoreRow {
  return {
    id: store.id,
    name: store.name,
    namespace: store.namespace,
    engine: store.engine,
    ...toSpecColumns(store),
    created_at: store.createdAt,
    created_by: store.createdBy,
    phase: phaseOf(store, otherwise),
    conditions: '[]',
    observed_generation: 0,
    verified_revision: 0,
  };
}

/** The row of a store that exists in the cluster. */
export function toFoundRow(store: FoundSpec): NewStoreRow {
  // The merchant may have customized the shop, so an empty catalogue is not an error.
  const sighting: Sighting = { reason: 'FoundInCluster', message: '' };
  return {
    ...toNewRow(store, 'Provisioning'),
    sighting: JSON.stringify(sighting),
  };
}

export function toStatusColumns(status: StoreStatus): StoreStatusColumns {
  return {
    phase: status.phase,
    reason: status.reason ?? null,
    message: status.message ?? null,
    conditions: JSON.stringify(status.conditions),
    observed_generation: status.observedGeneration,
    verified_revision: status.verifiedRevision,
    problem: toJson(status.problem),
    ready_at: status.readyAt ?? null,
    inventory: toJson(status.inventory),
    sighting: toJson(status.sighting),
    attention: toJson(status.attention),
    attempt: toJson(status.attempt),
    restarted: JSON.stringify(status.restarted),
    versions: toJson(status.versions),
  };
}

function toJson(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
