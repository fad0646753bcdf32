<?php
/** The steps `unpack`, `plugin` and `store`: a shop that sells. */

const PLUGIN = 'woocommerce/woocommerce.php';
const SAMPLE_SKU = 'sample-mug';

function unpack_woocommerce(): void
{
    // Without plugins: the one being replaced must not be loaded.
    define('WP_INSTALLING', true);
    load_wordpress();
    if (is_switched_off()) {
        say('WooCommerce was deactivated in wp-admin, and stays so');
        return;
    }
    $wanted = setting('WOOCOMMERCE_VERSION');
    $found = installed_version(CONTENT . '/plugins/' . PLUGIN);
    $last = (string) written('woocommerce.version');
    $is_lowered = version_compare($wanted, $last, '<');
    // One that is newer than any that this setup put there.
    $by_merchant = !$is_lowered && version_compare($found, $wanted, '>');
    $database = (string) get_option('woocommerce_db_version', '');
    if (version_compare($by_merchant ? $found : $wanted, $database, '<')) {
        refuse("woocommerce.version is $wanted, and the database of the store is that of WooCommerce $database, which no older one reads. Set it to $database, or to a newer one");
    }
    if (!$is_lowered) {
        note_written('woocommerce.version', $wanted);
    }
    if ($by_merchant) {
        say("WooCommerce was updated to $found in wp-admin, and stays: woocommerce.version is $wanted");
    } elseif ($found !== $wanted) {
        put_in_place($wanted);
    }
    // Last: until it is in place, the newer one there is no merchant's.
    note_written('woocommerce.version', $wanted);
}

function put_in_place(string $version): void
{
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
    $beside = CONTENT . '/.unpack-woocommerce-' . getmypid();
    $archive->extractTo($beside) || fail('woocommerce.zip could not be unpacked: is the volume full?');
    $found = installed_version("$beside/" . PLUGIN);
    if ($found !== $version) {
        fail("the zip holds WooCommerce '$found', expected '$version'");
    }
    $target = CONTENT . '/plugins/woocommerce';
    if (is_dir($target)) {
        rename($target, "$beside/old");
    }
    rename("$beside/woocommerce", $target);
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

/** Whether somebody deactivated it after it was activated. */
function is_switched_off(): bool
{
    return written('woocommerce') !== null && !in_array(PLUGIN, get_option('active_plugins', []), true);
}

function activate_woocommerce(): void
{
    load_wordpress();
    if (is_switched_off()) {
        return;
    }
    require_once ABSPATH . 'wp-admin/includes/plugin.php';
    forget_killed_installs();
    $error = activate_plugin(PLUGIN);
    if (is_wp_error($error)) {
        fail('WooCommerce was not activated: ' . $error->get_error_message());
    }
    do_once('woocommerce', fn() => null);
}

/** A killed WC_Install leaves a lock for ten minutes, during which activation "succeeds" half done. */
function forget_killed_installs(): void
{
    delete_transient('wc_installing');
    delete_option('wc_installing');
}

function load_as_administrator(): void
{
    define('WP_ADMIN', true);
    load_wordpress();
    require_once ABSPATH . 'wp-admin/includes/admin.php';
    // Any administrator: the first one may have been replaced.
    $admins = get_users(['role' => 'administrator', 'orderby' => 'ID', 'number' => 1]);
    wp_set_current_user($admins[0]->ID ?? 0);
}

function set_up_store(): void
{
    load_as_administrator();
    if (is_switched_off()) {
        return;
    }
    foreach (store_options() as $name => $value) {
        write_option($name, $value);
    }
    do_once('defaults', function () {
        foreach (store_defaults() as $name => $value) {
            update_option($name, $value);
        }
    });
    // Otherwise the first visit to wp-admin does it.
    WC_Install::newly_installed();
    do_once('pages', fn() => WC_Install::create_pages());
    do_once('front page', function () {
        update_option('show_on_front', 'page');
        update_option('page_on_front', wc_get_page_id('shop'));
    });
    delete_transient('_wc_activation_redirect');
    delete_option('rewrite_rules');
    do_once('shipping', 'add_free_shipping');
    add_sample_product();
}

function store_options(): array
{
    return ['woocommerce_default_country' => setting('STORE_COUNTRY'), 'woocommerce_currency' => setting('STORE_CURRENCY')];
}

function store_defaults(): array
{
    return [
        'woocommerce_coming_soon' => 'no',
        'woocommerce_store_pages_only' => 'no',
        'woocommerce_allow_tracking' => 'no',
        'woocommerce_show_marketplace_suggestions' => 'no',
        'woocommerce_onboarding_profile' => ['skipped' => true, 'completed' => true],
        'woocommerce_task_list_hidden' => 'yes',
        'woocommerce_enable_guest_checkout' => 'yes',
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
    // Once: a merchant who removes it doesn't want it back after the next upgrade.
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
