/** For browsers and other clients: schemas, types, errors, reasons, capabilities, the fold. Neither server code nor its ports. */
export * from './platform/adoption.ts';
export * from './stores/attention.ts';
export * from './capabilities.ts';
export * from './errors.ts';
export * from './live.ts';
export * from './reasons/reasons.ts';
export * from './stores/needs-attention.ts';
export * from './nesting.ts';
export * from './platform/overview.ts';
export * from './stores/phase.ts';
export * from './platform/platform.ts';
export type { AppRouter } from './router.ts';
export * from './stores/store-detail.ts';
export * from './stores/store-events.ts';
export * from './stores/store-name.ts';
export * from './stores/store-page.ts';
export * from './stores/store.ts';
export * from './terminal-text.ts';
