/** Options for running real WordPress instead of a simulated one. */
export interface WordPressOptions {
  /** Path of the program that runs one store; stores-in-node/src/spec.ts describes its protocol. */
  program: string;
  zips: { wordpress: string; woocommerce: string };
  /** Folder for unpacked code. */
  cache: string;
  /** Folder of the volumes, one subfolder each. */
  volumes: string;
  /** Folder of the templates that new stores start from. */
  templates: string;
  /** Folder of the stores' sockets; emptied at startup, and inaccessible to other users. */
  sockets: string;
  /** Maximum number of stores starting at once: each takes a core meanwhile. */
  startsAtOnce: number;
  /** A store without requests for this long goes to sleep; the next request wakes it. 0: never. */
  idleMs: number;
  /** MiB that must be free before another store starts. */
  memoryMiB: number;
}
