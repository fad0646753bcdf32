/** Tells every screen when what the server says about itself has changed. */
import type { Platform } from '@shopyard/contracts';
import type { StoreWatch } from '../../cluster/watch.ts';
import type { LiveStores } from '../../live/live-stores.ts';

export interface HealthAnnouncerOptions {
  liveStores: Pick<LiveStores, 'setPlatform'>;
  watch: Pick<StoreWatch, 'health'>;
  health: { platform: () => Platform };
}

export class HealthAnnouncer {
  readonly #options: HealthAnnouncerOptions;
  readonly #synced = Promise.withResolvers<void>();

  constructor(options: HealthAnnouncerOptions) {
    this.#options = options;
  }

  /** Resolves once it has announced that all watches are connected. */
  get synced(): Promise<void> {
    return this.#synced.promise;
  }

  announce(): void {
    const { liveStores, watch, health } = this.#options;
    liveStores.setPlatform(health.platform());
    if (watch.health().synced) this.#synced.resolve();
  }
}
