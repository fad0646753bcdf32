/** Everything a client needs: types, and schemas for form validation. No server code. */
export * from './adoption.ts';
export * from './attention.ts';
export * from './capabilities.ts';
export * from './errors.ts';
export * from './live.ts';
export * from './needs-attention.ts';
export * from './nesting.ts';
export * from './overview.ts';
export * from './phase.ts';
export * from './platform.ts';
export type { AppRouter } from './router/app-router.ts';
export * from './services.ts';
export * from './store-detail.ts';
export * from './store-events.ts';
export * from './store-name.ts';
export * from './store-page.ts';
export * from './store.ts';
export * from './terminal-text.ts';
