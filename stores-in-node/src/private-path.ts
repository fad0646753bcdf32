/**
 * Decides which of a store's paths are served at all, as there is no Apache whose .htaccess keeps files private.
 * Anything not known to be public is private: files by extension, PHP by location, and WordPress's own URLs, which
 * have no dot.
 */

/** `url`: raw path and query. */
export function isPrivate(url: string): boolean {
  // `//host/path`, `/\host/path` and `http://host/path` name a host; the path starts after it.
  if (!/^\/(?![/\\])/.test(url)) return true;
  const decoded = decodeWhole(url.split(/[?#]/)[0] ?? '');
  if (decoded === undefined) return true;
  // PHP's router decodes twice, and cuts at ? and # in between.
  return [decoded, decoded.split(/[?#]/)[0] ?? ''].some((path) => !isPublic(path.toLowerCase()));
}

/** More layers of encoding than any legitimate request has. */
const MOST_LAYERS = 4;

/** Decodes every layer, because routers on the way may decode any number of them. Undefined if too many remain. */
function decodeWhole(text: string): string | undefined {
  try {
    let path = text;
    for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
      const next = decodeURIComponent(path);
      if (next === path) return path.normalize('NFKC');
      path = next;
    }
  } catch {
    // A `%` that doesn't start a valid byte.
  }
  return undefined;
}

/** Routers drop control characters, and treat a backslash as a slash. */
const ODD = /[\p{Cc}\\]/u;

function isPublic(path: string): boolean {
  if (ODD.test(path)) return false;
  const written = path.split('/');
  if (written.some((name) => name.startsWith('.'))) return false;
  // Some file systems drop trailing dots and spaces of a name; all drop trailing slashes of a path.
  const names = written.map((name) => name.replace(/[. ]+$/, '')).filter((name) => name !== '');
  const [folder = ''] = names;
  if (folder === 'wp-json') return true;
  const script = names.findIndex((name) => PHP.test(name));
  // The rest is for the script: no file is looked up for it.
  if (script >= 0) return isEntryPoint(names.slice(0, script + 1)) && !names.slice(script + 1).some(hasDot);
  const whole = `/${names.join('/')}`;
  if (PRIVATE_FOLDERS.test(whole)) return false;
  const last = names.at(-1) ?? '';
  // A dot in a segment other than the last: a file used as a folder.
  if (names.slice(0, -1).some(hasDot)) return false;
  if (hasDot(last)) return STATIC.has(last.slice(last.lastIndexOf('.') + 1)) || GENERATED.test(whole);
  // A folder runs its index.php.
  return !FOLDERS.has(folder) || ADMIN_PAGES.has(whole);
}

const hasDot = (name: string): boolean => name.includes('.');

/** Extensions that some servers run as PHP. */
const PHP = /\.(php\d*|phtml|phar|phps|pht)$/;
const PRIVATE_FOLDERS = /^\/wp-content\/(database|uploads\/(wc-logs|woocommerce_uploads|mail))(\/|$)/;
/** WordPress generates these: robots.txt, wp-sitemap.xml. */
const GENERATED = /^\/(?!license\.)[\w-]+\.(txt|xml|xsl)$/;
const FOLDERS = new Set(['wp-admin', 'wp-content', 'wp-includes']);
const ADMIN_PAGES = new Set(['/wp-admin', '/wp-admin/network', '/wp-admin/user']);

const ROOT_SCRIPTS = new Set(
  ['index', 'wp-login', 'wp-cron', 'wp-comments-post', 'wp-activate', 'wp-signup', 'wp-trackback'].map(
    (name) => `${name}.php`,
  ),
);
const NOT_RUN = new Set(['install.php', 'install-helper.php', 'setup-config.php']);
/** Part of TinyMCE, in the classic editor. */
const INCLUDED = new Set(['wp-includes/js/tinymce/wp-tinymce.php']);

/** PHP entry points that WordPress exposes. WooCommerce has none. */
function isEntryPoint(names: string[]): boolean {
  const [first = '', second = '', third] = names;
  if (names.length === 1) return ROOT_SCRIPTS.has(first);
  if (first !== 'wp-admin') return INCLUDED.has(names.join('/'));
  if (names.length === 2) return !NOT_RUN.has(second);
  return names.length === 3 && (second === 'network' || second === 'user') && third !== undefined;
}

const STATIC = new Set(
  [
    'css js mjs map wasm',
    'png jpg jpeg jpe gif webp avif svg ico bmp tif tiff heic heif',
    'woff woff2 ttf otf eot',
    'mp3 m4a ogg oga wav flac mp4 m4v mov webm ogv avi mpg mpeg wmv 3gp vtt srt',
    'pdf doc docx odt ppt pptx odp xls xlsx ods rtf',
  ].flatMap((line) => line.split(' ')),
);
