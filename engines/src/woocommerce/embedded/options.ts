/** Options for running real WordPress instead of a simulated one. */
export interface WordPressOptions {
  zips: { wordpress: string; woocommerce: string };
  /** Folder for unpacked code. */
  cache: string;
  folders: {
    /** Volumes, a subfolder each. */
    volumes: string;
    /** Templates that new stores start from. */
    templates: string;
    /** The stores' sockets; emptied at startup, and inaccessible to other users. */
    sockets: string;
  };
  /** Maximum number of stores starting at once: each takes a core meanwhile. */
  startsAtOnce: number;
  /** A store without requests for this long goes to sleep; the next request wakes it. 0: never. */
  idleMs: number;
  /** MiB that must be free before another store starts. */
  memoryMiB: number;
}
