/** The reconciler's Helm operations. They never wait for workloads: readiness comes from the watch. */

export interface Release {
  name: string;
  namespace: string;
}

export interface RenderOptions extends Release {
  /** Path of the chart. */
  chart: string;
  /** Values of this release, merged over the chart's. */
  values: Record<string, unknown>;
  signal: AbortSignal;
}

export interface InstallOptions extends RenderOptions {
  /** Labels of the release's record, by which the watch finds it. */
  labels: Record<string, string>;
}

/** Every method throws HelmError; an aborted signal is the kind `cancelled`. */
export interface Helm {
  /**
   * The whole manifest that `upgradeInstall` would apply for the same options, as YAML, including hooks and CRDs. Does not
   * contact the cluster; the revision is 1. `too-large` beyond 4 MiB.
   */
  render(options: RenderOptions): Promise<string>;
  /** Installs, or upgrades to a new revision. */
  upgradeInstall(options: InstallOptions): Promise<void>;
  /**
   * Values (including the chart's and the platform's) and manifest of the deployed revision, as YAML; `not-found` without
   * a release.
   */
  describe(release: Release, signal: AbortSignal): Promise<{ values: string; manifest: string }>;
  /** Removes the release; succeeds if there is none. */
  uninstall(release: Release, signal: AbortSignal): Promise<void>;
  /** Rolls back to an earlier revision; 0 is the previous one. */
  rollback(release: Release, revision: number, signal: AbortSignal): Promise<void>;
}
