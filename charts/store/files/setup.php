<?php
/**
 * One step of a store's setup: php setup.php core|unpack|plugin|store|verify, or adopt in place of all of them
 *
 * Each step is a process of its own, may be killed at any moment, and is safe to run again. WordPress
 * ends a process that it can't serve with an HTML page and exit status 0, so a step has only succeeded
 * when it reached its end.
 */

const SAMPLE_SKU = 'sample-mug';

$done = false;
register_shutdown_function(function () use (&$done) {
    if (!$done) {
        fwrite(STDERR, "setup: the step ended before it was done\n");
        exit(1);
    }
});

$step = $argv[1] ?? '';
$steps = [
    'core' => 'install_core',
    'unpack' => 'unpack_woocommerce',
    'plugin' => 'activate_woocommerce',
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
$done = true;

function fail(string $why): never
{
    fwrite(STDERR, "setup: $why\n");
    exit(1);
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

/** Waits for the database, then for any other setup of the same store. The lock ends with the process. */
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

/** WordPress builds addresses from the request, so there has to be one. */
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
    require '/var/www/html/wp-load.php';
    add_filter('pre_wp_mail', '__return_true');
}

function install_core(): void
{
    define('WP_INSTALLING', true);
    // Without this WordPress refuses to load when an install was killed among its tables.
    define('WP_REPAIRING', true);
    load_wordpress();
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';

    if (get_option('shopyard_core') !== 'installed') {
        // Spares the loopback requests by which WordPress would try out its permalinks.
        add_filter('pre_option_permalink_structure', fn() => '/%postname%/');
        $user = setting('ADMIN_USERNAME');
        wp_install(setting('STORE_TITLE'), $user, setting('ADMIN_EMAIL'), true, '', addslashes(setting('ADMIN_PASSWORD')));
        remove_all_filters('pre_option_permalink_structure');
        $admin = get_user_by('login', $user) ?: fail('the administrator was not created');
        $admin->set_role('administrator');
        wp_set_password(setting('ADMIN_PASSWORD'), $admin->ID);
        update_option('shopyard_core', 'installed');
    } else {
        wp_upgrade();
    }
    hide_login(get_user_by('login', setting('ADMIN_USERNAME')) ?: fail('there is no administrator'));
    name_store();
}

/** Archives, feeds and reviews show a user's other names. Those that the merchant chose stay. */
function hide_login(WP_User $admin): void
{
    $shown = array_filter([
        'user_nicename' => $admin->user_nicename === sanitize_title($admin->user_login) ? 'shop' : '',
        'display_name' => $admin->display_name === $admin->user_login ? shown_name() : '',
        'nickname' => $admin->nickname === $admin->user_login ? shown_name() : '',
    ]);
    $shown && wp_update_user(['ID' => $admin->ID] + $shown);
}

function shown_name(): string
{
    return setting('STORE_TITLE') ?: 'Shop';
}

function name_store(): void
{
    move_links(setting('STORE_URL'));
    update_option('siteurl', setting('STORE_URL'));
    update_option('home', setting('STORE_URL'));
    update_option('permalink_structure', '/%postname%/');
    update_option('blogname', setting('STORE_TITLE'));
}

/**
 * An embedded store may begin as a copy of the one before: what was that one's own is replaced. All else is done
 * already, so this is the only step, and WordPress is loaded once.
 */
function adopt_copy(): void
{
    global $wpdb;
    load_wordpress();
    $name = setting('ADMIN_USERNAME');
    $admins = get_users(['role' => 'administrator', 'orderby' => 'ID', 'number' => 1]);
    // A run that was killed may have renamed it already.
    $admin = get_user_by('login', $name) ?: $admins[0] ?? fail('the template has no administrator');
    // WordPress itself never changes a login.
    $wpdb->update($wpdb->users, ['user_login' => $name, 'user_nicename' => 'shop'], ['ID' => $admin->ID]);
    clean_user_cache($admin);
    wp_set_password(setting('ADMIN_PASSWORD'), $admin->ID);
    $shown = ['display_name' => shown_name(), 'nickname' => shown_name()];
    wp_update_user(['ID' => $admin->ID, 'user_email' => setting('ADMIN_EMAIL')] + $shown);
    update_option('admin_email', setting('ADMIN_EMAIL'));
    delete_option('woocommerce_store_id');
    delete_metadata('user', $admin->ID, 'session_tokens');
    name_store();
    check_store();
}

/** Texts hold whole addresses; where the store opened until now, they lead nowhere. */
function move_links(string $url): void
{
    global $wpdb;
    // Asked of the database: WP_HOME stands before the option.
    $old = $wpdb->get_var("SELECT option_value FROM $wpdb->options WHERE option_name = 'home'");
    if (!$old || $old === $url) {
        return;
    }
    foreach (['post_content', 'post_excerpt'] as $column) {
        $wpdb->query($wpdb->prepare("UPDATE $wpdb->posts SET $column = REPLACE($column, %s, %s)", "$old/", "$url/"));
    }
}

/** The stock one inserts a post and a page each time it runs. A shop needs neither. */
function wp_install_defaults(int $user_id): void
{
    if (!term_exists('uncategorized', 'category')) {
        wp_insert_term('Uncategorized', 'category', ['slug' => 'uncategorized']);
    }
    update_option('default_category', (int) get_term_by('slug', 'uncategorized', 'category')->term_id);
    update_user_meta($user_id, 'show_welcome_panel', 0);
}

function unpack_woocommerce(): void
{
    $plugins = '/var/www/html/wp-content/plugins';
    $version = setting('WOOCOMMERCE_VERSION');
    if (installed_version("$plugins/woocommerce/woocommerce.php") === $version) {
        return;
    }
    $zip = setting('WOOCOMMERCE_PATH') ?: download(setting('WOOCOMMERCE_URL'));
    $expected = setting('WOOCOMMERCE_SHA256');
    $actual = hash_file('sha256', $zip);
    if ($expected !== '' && $actual !== $expected) {
        fail("woocommerce.zip has sha256 $actual, expected $expected");
    }
    $archive = new ZipArchive();
    if ($archive->open($zip) !== true) {
        fail("$zip is no zip file");
    }
    $beside = '/var/www/html/wp-content/.unpack-woocommerce-' . getmypid();
    $archive->extractTo($beside) || fail('woocommerce.zip could not be unpacked: is the volume full?');
    $found = installed_version("$beside/woocommerce/woocommerce.php");
    if ($found !== $version) {
        fail("the zip holds WooCommerce '$found', expected '$version'");
    }
    if (is_dir("$plugins/woocommerce")) {
        rename("$plugins/woocommerce", "$beside/old");
    }
    rename("$beside/woocommerce", "$plugins/woocommerce");
    exec('rm -rf ' . escapeshellarg($beside));
}

function installed_version(string $file): string
{
    $head = is_file($file) ? file_get_contents($file, false, null, 0, 4096) : '';
    return preg_match('/^[ \t*]*Version:\s*(\S+)/mi', $head, $match) ? $match[1] : '';
}

function download(string $url): string
{
    $file = tempnam(sys_get_temp_dir(), 'woocommerce');
    $from = @fopen($url, 'rb', false, stream_context_create(['http' => ['timeout' => 60]]));
    if (!$from) {
        fail("WooCommerce can't be downloaded from $url: set woocommerce.url to a mirror, or woocommerce.path");
    }
    stream_copy_to_stream($from, fopen($file, 'wb'));
    return $file;
}

function activate_woocommerce(): void
{
    load_wordpress();
    require_once ABSPATH . 'wp-admin/includes/plugin.php';
    forget_killed_installs();
    $error = activate_plugin('woocommerce/woocommerce.php');
    if (is_wp_error($error)) {
        fail('WooCommerce was not activated: ' . $error->get_error_message());
    }
}

/** A killed WC_Install leaves a lock for ten minutes, and activation then "succeeds" half done. */
function forget_killed_installs(): void
{
    delete_transient('wc_installing');
    delete_option('wc_installing');
}

function set_up_store(): void
{
    define('WP_ADMIN', true);
    load_wordpress();
    require_once ABSPATH . 'wp-admin/includes/admin.php';
    wp_set_current_user(get_user_by('login', setting('ADMIN_USERNAME'))->ID);

    if (get_option('woocommerce_version') !== WC()->version || WC_Install::verify_base_tables(false)) {
        forget_killed_installs();
        WC_Install::install();
    }
    foreach (store_options() as $name => $value) {
        update_option($name, $value);
    }
    // Else the first visit of wp-admin does it.
    WC_Install::newly_installed();
    WC_Install::create_pages();
    update_option('show_on_front', 'page');
    update_option('page_on_front', wc_get_page_id('shop'));
    delete_transient('_wc_activation_redirect');
    delete_option('rewrite_rules');
    add_free_shipping();
    add_sample_product();
}

function store_options(): array
{
    return [
        'woocommerce_coming_soon' => 'no',
        'woocommerce_store_pages_only' => 'no',
        'woocommerce_default_country' => setting('STORE_COUNTRY'),
        'woocommerce_currency' => setting('STORE_CURRENCY'),
        'woocommerce_allow_tracking' => 'no',
        'woocommerce_show_marketplace_suggestions' => 'no',
        'woocommerce_onboarding_profile' => ['skipped' => true, 'completed' => true],
        'woocommerce_task_list_hidden' => 'yes',
        'woocommerce_enable_guest_checkout' => 'yes',
        // Its query is not understood there, and no order of a product with a stock would go through.
        ...(on_sqlite() ? ['woocommerce_hold_stock_minutes' => ''] : []),
        'woocommerce_cod_settings' => [
            'enabled' => 'yes',
            'title' => 'Cash on delivery',
            'description' => 'Pay with cash upon delivery.',
            'instructions' => 'Pay with cash upon delivery.',
            'enable_for_methods' => [],
            'enable_for_virtual' => 'yes',
        ],
    ];
}

function add_free_shipping(): void
{
    $zone = new WC_Shipping_Zone(0);
    if ($zone->get_shipping_methods() === []) {
        $zone->add_shipping_method('free_shipping');
    }
}

function add_sample_product(): void
{
    // Once: a merchant who removes it does not want it back at the next upgrade.
    if (get_option('shopyard_sample_product') || wc_get_product_id_by_sku(SAMPLE_SKU)) {
        return;
    }
    $product = new WC_Product_Simple();
    $product->set_name('Sample Mug');
    $product->set_slug(SAMPLE_SKU);
    $product->set_sku(SAMPLE_SKU);
    $product->set_regular_price('12.00');
    $product->set_description('A mug to try the checkout with.');
    $product->set_manage_stock(true);
    $product->set_stock_quantity(100);
    $product->set_status('publish');
    update_option('shopyard_sample_product', $product->save());
}

function verify_store(): void
{
    load_wordpress();
    check_store();
}

function check_store(): void
{
    is_blog_installed() || fail('WordPress is not installed');
    home_url() === setting('STORE_URL') || fail('the address of the store is ' . home_url());
    $admin = get_user_by('login', setting('ADMIN_USERNAME')) ?: fail('there is no administrator');
    if (setting('WOOCOMMERCE_ENABLED') !== 'true') {
        return;
    }
    user_can($admin, 'manage_woocommerce') || fail('the administrator may not manage WooCommerce');
    get_option('woocommerce_version') === WC()->version || fail('the database of WooCommerce is of another version');
    $missing = WC_Install::verify_base_tables(false);
    $missing && fail('tables are missing: ' . implode(', ', $missing));
    foreach (['shop', 'cart', 'checkout', 'myaccount'] as $page) {
        get_post_status(wc_get_page_id($page)) === 'publish' || fail("the page $page is not published");
    }
    isset(WC()->payment_gateways()->get_available_payment_gateways()['cod']) || fail('cash on delivery is not offered');
    get_option('shopyard_sample_product') || fail('the sample product was not made');
}
