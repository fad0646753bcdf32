<?php
/** Watches the updates of WooCommerce's database, and stops them as files in wp-content ask: laid into a store by a test. */

function updates_reach(string $name): void
{
    $asked = WP_CONTENT_DIR . "/asked-$name";
    file_put_contents(WP_CONTENT_DIR . '/updates.log', "$name\n", FILE_APPEND);
    if (!file_exists($asked)) {
        return;
    }
    $what = trim(file_get_contents($asked));
    unlink($asked);
    if ($what === 'fail') {
        throw new Exception('Deadlock found when trying to get lock');
    }
    if ($what === 'exit') {
        exit;
    }
    if ($what === 'another round') {
        WC()->queue()->add('woocommerce_run_update_callback', ['update_callback' => $name], 'woocommerce-db-updates');
        return;
    }
    touch(WP_CONTENT_DIR . '/held');
    while (true) {
        usleep(1000);
    }
}

add_action('woocommerce_run_update_callback', 'updates_reach');
add_action('woocommerce_update_db_to_current_version', fn() => updates_reach('last'), 20);
