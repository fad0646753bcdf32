<?php
/** The step `verify`: checks that the setup had its effect. */

function verify_store(): void
{
    load_wordpress();
    check_store(written('verified') === null);
    do_once('verified', fn() => null);
    report_versions();
}

/** As JSON, which becomes the container's termination message: Shopyard reads it there. */
function report_versions(): void
{
    global $wpdb, $wp_version;
    $sells = function_exists('WC');
    $database = on_sqlite() ? '' : $wpdb->db_server_info();
    $versions = [
        'wordpress' => $wp_version,
        'wordpress_db' => (string) get_option('db_version'),
        'woocommerce' => $sells ? WC()->version : '',
        'woocommerce_db' => $sells ? (string) get_option('woocommerce_db_version') : '',
        'mariadb' => preg_match('/(\d+(?:\.\d+)+)-MariaDB/', $database, $match) ? $match[1] : '',
        'php' => PHP_VERSION,
    ];
    say('versions ' . json_encode(array_filter($versions)));
}

/** `$is_new`: nobody has seen the store yet, so it must match the setup. Later, a merchant may have changed any of it. */
function check_store(bool $is_new): void
{
    is_blog_installed() || fail('WordPress is not installed');
    home_url() === setting('STORE_URL') || fail('the address of the store is ' . home_url());
    if (setting('WOOCOMMERCE_ENABLED') !== 'true' || is_switched_off()) {
        return;
    }
    function_exists('WC') || fail('WooCommerce is not active');
    $have = get_option('woocommerce_db_version');
    is_migrated() || fail("the database of WooCommerce is of version $have, and WooCommerce " . WC()->version . ' needs ' . needed_db_version());
    get_option('woocommerce_version') === WC()->version || fail('the database of WooCommerce is of another version');
    $missing = WC_Install::verify_base_tables(false);
    $missing && fail('tables are missing: ' . implode(', ', $missing));
    $is_new && check_new_store();
}

function check_new_store(): void
{
    get_users(['role' => 'administrator', 'number' => 1]) || fail('there is no administrator');
    foreach (['shop', 'cart', 'checkout', 'myaccount'] as $page) {
        get_post_status(wc_get_page_id($page)) === 'publish' || fail("the page $page is not published");
    }
    isset(WC()->payment_gateways()->get_available_payment_gateways()['cod']) || fail('cash on delivery is not offered');
    get_option('shopyard_sample_product') || fail('the sample product was not made');
}
