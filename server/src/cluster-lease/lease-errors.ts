/** Thrown at the start: this process must not work on the cluster. The message is one sentence for the operator. */
export class ClusterHeldError extends Error {}

/** Thrown in place of a write or a helm run while the cluster's Lease isn't held. */
export class LeaseLostError extends Error {
  constructor() {
    super("this server doesn't hold the cluster's Lease, so it changes nothing");
  }
}
