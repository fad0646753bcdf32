/**
 * The process's input, as one line of JSON on standard input, so that no secret is in an argument. It prints
 * `listening` on standard output; every other line belongs to the container's log.
 */

/** May come first: PHP starts, and a second line names its store. */
export interface Ahead extends Sources {
  task: 'ahead';
}

export interface Sources {
  /** Folder for unpacked code, shared by all stores. */
  cache: string;
  /** Folder with the zips. */
  zips: { wordpress: string; woocommerce: string };
}

export interface Spec extends Sources {
  /** `serve`: serves HTTP until standard input closes. `setup`: runs the steps of the chart's script, then exits. */
  task: 'serve' | 'setup';
  /** Folder of the store's volume: wp-content, and the database next to it. */
  volume: string;
  /** Folder of the templates that stores start from, shared within one installation. */
  templates: string;
  /** Path of the Unix socket to listen on; for `serve`. */
  socket?: string;
  /** The container's environment. */
  env: Record<string, string>;
  /** The chart's setup.php and the files it includes, by file name; for `setup`. */
  scripts?: Record<string, string>;
  /** Must-use plugins that are mounted into the container, by file name; for `serve`. */
  plugins?: Record<string, string>;
}
