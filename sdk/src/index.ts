/** Typed client of a Shopyard server, for browsers and Node. */
export { type Api, connect } from './connect.ts';
export { findStore } from './find-store.ts';
export { createLinks, type LinkOptions, type Links } from './links.ts';
export { LiveStores } from './live-stores.ts';
export { waitForStore } from './wait-for-store.ts';
