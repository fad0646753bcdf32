/** Files of a store that nobody may fetch: Apache's .htaccess would keep them, and there is no Apache. */

const PRIVATE = [
  /\/\./,
  /^\/wp-content\/database(\/|$)/,
  /^\/wp-content\/uploads\/(wc-logs|woocommerce_uploads|mail)(\/|$)/,
  // No PHP runs below uploads, as x.php/foo.jpg neither: whoever may upload files may not upload programs.
  /^\/wp-content\/uploads\/.*\.(php\d?|phtml|phar|phps|pht)(\.|\/|$)/,
  /^\/wp-config[^/]*$/,
  /\.(sqlite|sqlite-wal|sqlite-shm|sql|log|ini|sh|bak|pid)$/,
  /^\/(readme\.html|license\.txt)$/,
];

/** `url`: path and query as they came. What can't be read is private as well. */
export function isPrivate(url: string): boolean {
  try {
    // Twice, as a proxy before us may have undone one layer alone.
    const path = decodeURIComponent(decodeURIComponent(url.split(/[?#]/)[0] ?? '')).toLowerCase();
    const parts = path.split(/[/\\]+/);
    return parts.includes('..') || PRIVATE.some((pattern) => pattern.test(parts.join('/')));
  } catch {
    return true;
  }
}
