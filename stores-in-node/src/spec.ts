/**
 * What the process is told, as one line of JSON on standard input: no secret is in an argument. On standard output it says
 * `listening on 127.0.0.1:PORT`; every other line is one of the container's log.
 */

export interface Spec {
  /** `serve`: answers HTTP until standard input closes. `setup`: runs the steps of the chart's script, and ends. */
  task: 'serve' | 'setup';
  /** Folder of the store's volume: wp-content, and beside it the database. */
  volume: string;
  /** Folder that unpacked code is kept in, for all stores. */
  cache: string;
  /** Where the zips are. */
  zips: { wordpress: string; woocommerce: string };
  /** Of the container. */
  env: Record<string, string>;
  /** The chart's setup.php; for `setup`. */
  script?: string;
}
