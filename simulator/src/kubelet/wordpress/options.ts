/** How real WordPress is run in place of a simulated one. */
export interface WordPressOptions {
  /** Path of the program that runs one store; see stores-in-node/src/spec.ts for how it is talked to. */
  program: string;
  zips: { wordpress: string; woocommerce: string };
  /** Folder for unpacked code. */
  cache: string;
  /** Folder of the volumes: one folder each. */
  volumes: string;
  /** Folder of what new stores begin as. */
  templates: string;
  /** Folder of the sockets that stores answer on; emptied at the start, and closed to other users. */
  sockets: string;
  /** Stores that may be starting at once: each takes a core meanwhile. */
  startsAtOnce: number;
  /** A store that nobody asks for so long is put to sleep, and woken by the next request; 0: never. */
  idleMs: number;
  /** MiB that must be free before one more is started. */
  memoryMiB: number;
}
