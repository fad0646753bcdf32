<?php
/**
 * One step of a store's setup: php setup.php core|unpack|plugin|migrate|store|verify, or adopt in place of all of them
 *
 * Each step is its own process, may be killed at any moment, and is safe to rerun. If WordPress can't serve, it ends the
 * process with an HTML page and exit status 0, so a step has succeeded only if it reached its end. Exit status 64 means that
 * another try would fail in the same way.
 */

const REFUSED = 64;
const CONTENT = '/var/www/html/wp-content';

// Embedded stores read it instead of the exit status.
$exit_code = null;
register_shutdown_function(function () use (&$exit_code) {
    if ($exit_code === null) {
        fwrite(STDERR, "setup: the step ended before it was done\n");
    }
    exit($exit_code ?? 1);
});

foreach (['wordpress', 'woocommerce', 'migrate', 'verify', 'merchant', 'links', 'copy'] as $part) {
    require __DIR__ . "/setup-$part.php";
}

$step = $argv[1] ?? '';
$steps = [
    'core' => 'install_core',
    'unpack' => 'unpack_woocommerce',
    'plugin' => 'activate_woocommerce',
    'migrate' => 'migrate_database',
    'store' => 'set_up_store',
    'verify' => 'verify_store',
    'adopt' => 'adopt_copy',
];
if (!isset($steps[$step])) {
    fail("unknown step '$step'");
}
wait_for_turn();
pretend_request(setting('STORE_URL'));
$steps[$step]();
$exit_code = 0;

function say(string $what): void
{
    echo "setup: $what\n";
}

function fail(string $why, int $code = 1): never
{
    fwrite(STDERR, "setup: $why\n");
    $GLOBALS['exit_code'] = $code;
    exit;
}

/** Fails permanently; `$why` names the value to correct. */
function refuse(string $why): never
{
    fail($why, REFUSED);
}

/** An embedded store, without a database server. */
function on_sqlite(): bool
{
    return setting('WORDPRESS_DB_ENGINE') === 'sqlite';
}

function setting(string $name): string
{
    $value = getenv($name);
    return $value === false ? '' : $value;
}

/** Waits for the database, then for any other setup of the same store. The lock lasts as long as the process. */
function wait_for_turn(): void
{
    if (on_sqlite()) {
        return; // A file, and its process has the volume to itself.
    }
    mysqli_report(MYSQLI_REPORT_OFF);
    for ($try = 1; ; $try++) {
        $db = mysqli_init();
        $db->options(MYSQLI_OPT_CONNECT_TIMEOUT, 5);
        $host = setting('WORDPRESS_DB_HOST');
        if (@$db->real_connect($host, setting('WORDPRESS_DB_USER'), setting('WORDPRESS_DB_PASSWORD'), setting('WORDPRESS_DB_NAME'))) {
            break;
        }
        if ($try >= 120) {
            fail('the database does not answer: ' . mysqli_connect_error());
        }
        sleep(1);
    }
    $GLOBALS['setup_lock'] = $db;
    $db->query('SET SESSION wait_timeout = 3600');
    $row = $db->query("SELECT GET_LOCK('shopyard-setup', 300) AS locked")->fetch_assoc();
    if ($row['locked'] !== '1') {
        fail('another setup of this store holds the lock');
    }
}

/** WordPress builds addresses from the request, so it needs one. */
function pretend_request(string $url): void
{
    $parts = parse_url($url);
    $_SERVER['HTTP_HOST'] = $parts['host'] . (isset($parts['port']) ? ':' . $parts['port'] : '');
    $_SERVER['SERVER_NAME'] = $parts['host'];
    $_SERVER['REQUEST_METHOD'] = 'GET';
    $_SERVER['REQUEST_URI'] = '/';
    $_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
    if ($parts['scheme'] === 'https') {
        $_SERVER['HTTPS'] = 'on';
    }
}

function load_wordpress(): void
{
    define('WP_HTTP_BLOCK_EXTERNAL', true);
    // Runs before any plugin sends mail, and after any that would send it regardless.
    foreach ([PHP_INT_MIN, PHP_INT_MAX] as $priority) {
        $GLOBALS['wp_filter']['pre_wp_mail'][$priority][] = ['accepted_args' => 0, 'function' => fn() => true];
    }
    require '/var/www/html/wp-load.php';
}
