/** Drives a Shopyard server from outside: for tests, benchmarks and the demo. The browser has an entry of its own. */
export { clusterUrl } from './cluster-url.ts';
export { type Api, connect } from './connect.ts';
export { freePort } from './free-port.ts';
export { programOf } from './program.ts';
export { SERVER, type ServerProcess, startServerProcess } from './server-process.ts';
export { StoreRecorder } from './store-recorder.ts';
export { temporaryDir } from './temporary-dir.ts';
export { processTree } from './process-tree.ts';
