/** 4 HELM: what the reconciler asks of helm. It never waits for workloads; readiness comes from the watch. */

export interface Release {
  name: string;
  namespace: string;
}

export interface InstallOptions extends Release {
  /** Values of this release, laid over the chart's and over `valueFiles`. */
  values: Record<string, unknown>;
  /** Labels of the release's record, by which the watch finds it. */
  labels: Record<string, string>;
  signal: AbortSignal;
}

/** Every method throws HelmError; an aborted signal is the kind `cancelled`. */
export interface Helm {
  /** Installs, or upgrades to a new revision. */
  upgradeInstall(options: InstallOptions): Promise<void>;
  /** Values (the chart's and the platform's in them) and manifest of what is deployed, as YAML; `not-found` without a release. */
  describe(release: Release, signal: AbortSignal): Promise<{ values: string; manifest: string }>;
  /** Removes the release; one that isn't there is fine. */
  uninstall(release: Release, signal: AbortSignal): Promise<void>;
  /** Back to an earlier revision; 0 is the one before. */
  rollback(release: Release, revision: number, signal: AbortSignal): Promise<void>;
}
