/** A store's Kubernetes events, as the API shows them. Pure. */
import type { KubeEvent } from '@shopyard/contracts';
import type { KubeObject } from '../kube/objects.ts';

export const MAX_EVENTS = 500;

export interface RawEvent extends KubeObject {
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  involvedObject?: { kind?: string; name?: string };
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string };
}

/** An event with what orders it among those of the same second. */
export interface OrderedEvent {
  event: KubeEvent;
  resourceVersion: string;
  name: string;
}

export function toOrderedEvent(raw: RawEvent): OrderedEvent {
  const { involvedObject: object, metadata, series } = raw;
  const event = {
    at: series?.lastObservedTime ?? raw.lastTimestamp ?? raw.eventTime ?? metadata.creationTimestamp ?? '',
    type: raw.type ?? 'Normal',
    reason: raw.reason ?? '',
    object: `${object?.kind ?? ''}/${object?.name ?? ''}`,
    message: raw.message ?? '',
    count: series?.count ?? raw.count ?? 1,
  };
  return { event, resourceVersion: metadata.resourceVersion, name: metadata.name };
}

/**
 * At most `MAX_EVENTS`, newest first, in the same order each time. Most times have no fraction, so the resource version
 * decides within a second: each repetition of an event raises it.
 */
export function newestFirst(events: Iterable<OrderedEvent>): KubeEvent[] {
  return [...events]
    .toSorted(
      (one, other) =>
        descending(toSecond(one), toSecond(other)) ||
        // Decimal numbers of any length.
        other.resourceVersion.length - one.resourceVersion.length ||
        descending(one.resourceVersion, other.resourceVersion) ||
        descending(one.name, other.name),
    )
    .slice(0, MAX_EVENTS)
    .map(({ event }) => event);
}

function toSecond({ event }: OrderedEvent): string {
  return event.at.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
}

function descending(one: string, other: string): number {
  return one === other ? 0 : one < other ? 1 : -1;
}
