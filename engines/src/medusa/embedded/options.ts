/** Options for running real Medusa instead of a simulated one. */
export interface MedusaOptions {
  /** Folder with Medusa, its packages and PostgreSQL. */
  application: string;
  /** Folder that it is installed into when the first store asks for it; absent where the application is somebody else's. */
  installs?: string;
  folders: {
    /** Volumes, a subfolder each. */
    volumes: string;
    /** Databases, a subfolder for each engine that has its own. */
    databases: string;
    /** The sockets of stores and database; inaccessible to other users. */
    sockets: string;
  };
  /** Maximum number of stores starting at once: each takes a core meanwhile. */
  startsAtOnce: number;
  /** A store without requests for this long goes to sleep; the next request wakes it. 0: never. */
  idleMs: number;
  /** MiB that must be free before another store starts. */
  memoryMiB: number;
}
