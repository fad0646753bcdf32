<?php
/** The step `adopt` of an embedded store, which starts as a copy of a blank store. */

/** COPIED_ and a setting's name: the copy's value of that setting. */
const COPIED = ['STORE_URL', 'STORE_TITLE', 'ADMIN_EMAIL', 'ADMIN_USERNAME'];

/** The copy lacks only what is the store's own, so this is the only step, and WordPress is loaded once. */
function adopt_copy(): void
{
    global $wpdb;
    load_wordpress();
    $own = ['STORE_TITLE' => sanitize_option('blogname', setting('STORE_TITLE'))];
    $texts = [];
    foreach (array_diff(COPIED, ['STORE_URL']) as $name) {
        $texts[setting("COPIED_$name")] = $own[$name] ?? setting($name);
    }
    rewrite_texts(array_keys($texts), fn($text) => strtr($text, $texts));
    move_to(setting('STORE_URL'));
    $admin = get_user_by('login', setting('ADMIN_USERNAME')) ?: fail('the copy has no administrator');
    wp_set_password(setting('ADMIN_PASSWORD'), $admin->ID);
    wp_update_user(['ID' => $admin->ID, 'display_name' => shown_name(), 'nickname' => shown_name()]);
    $wpdb->update($wpdb->users, ['user_registered' => gmdate('Y-m-d H:i:s')], ['ID' => $admin->ID]);
    clean_user_cache($admin);
    if (setting('WOOCOMMERCE_ENABLED') === 'true') {
        foreach (store_options() as $name => $value) {
            write_option($name, $value);
        }
        WC_Install::maybe_set_store_id();
    }
    check_store(true);
    report_versions();
}
