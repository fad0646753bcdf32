/**
 * What the process is told, as one line of JSON on standard input: no secret is in an argument. On standard output it says
 * `listening`; every other line is one of the container's log.
 */

/** May come first: PHP is started, and told its store by a second line. */
export interface Ahead extends Sources {
  task: 'ahead';
}

export interface Sources {
  /** Folder that unpacked code is kept in, for all stores. */
  cache: string;
  /** Where the zips are. */
  zips: { wordpress: string; woocommerce: string };
}

export interface Spec extends Sources {
  /** `serve`: answers HTTP until standard input closes. `setup`: runs the steps of the chart's script, and ends. */
  task: 'serve' | 'setup';
  /** Folder of the store's volume: wp-content, and beside it the database. */
  volume: string;
  /** Folder of what stores begin as, for all stores of one installation. */
  templates: string;
  /** Path of the Unix socket to answer on; for `serve`. */
  socket?: string;
  /** Of the container. */
  env: Record<string, string>;
  /** The chart's setup.php with what it takes in, by file name; for `setup`. */
  scripts?: Record<string, string>;
  /** Must-use plugins that are mounted into the container, by file name; for `serve`. */
  plugins?: Record<string, string>;
}
