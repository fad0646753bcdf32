<?php
/** The step `core`: WordPress itself, and the store's address. */

function install_core(): void
{
    define('WP_INSTALLING', true);
    // Otherwise WordPress refuses to load if an install was killed while it created tables.
    define('WP_REPAIRING', true);
    load_wordpress();
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';

    if (get_option('shopyard_core') !== 'installed') {
        // Avoids the loopback requests with which WordPress would test its permalinks.
        add_filter('pre_option_permalink_structure', fn() => '/%postname%/');
        $user = setting('ADMIN_USERNAME');
        wp_install(setting('STORE_TITLE'), $user, setting('ADMIN_EMAIL'), true, '', addslashes(setting('ADMIN_PASSWORD')));
        remove_all_filters('pre_option_permalink_structure');
        $admin = get_user_by('login', $user) ?: fail('the administrator was not created');
        $admin->set_role('administrator');
        wp_set_password(setting('ADMIN_PASSWORD'), $admin->ID);
        update_option(WRITTEN, [], false);
        update_option('shopyard_core', 'installed');
    }
    take_over_older_store();
    upgrade_database();
    move_to(setting('STORE_URL'));
    write_option('blogname', setting('STORE_TITLE'));
    do_once('permalinks', fn() => update_option('permalink_structure', '/%postname%/'));
    do_once('names', 'hide_login');
}

/** The image's WordPress never runs on the database of a newer image. One that was updated in wp-admin is left alone. */
function upgrade_database(): void
{
    global $wp_db_version;
    $last = (int) written('db_version');
    if ($last > $wp_db_version) {
        refuse("wordpress.image is older than the one that the store had: its database is of version $last, and this WordPress knows version $wp_db_version. Set wordpress.image.tag to the former one, or to a newer one");
    }
    if ((int) get_option('db_version') > $wp_db_version) {
        say('WordPress was updated in wp-admin, and its database stays as it is');
        return;
    }
    wp_upgrade();
    if ($last !== $wp_db_version) {
        note_written('db_version', $wp_db_version);
    }
}

/** Archives, feeds and reviews show a user's other names. Names that the merchant chose stay. */
function hide_login(): void
{
    $admin = get_user_by('login', setting('ADMIN_USERNAME'));
    $shown = $admin ? array_filter([
        'user_nicename' => $admin->user_nicename === sanitize_title($admin->user_login) ? 'shop' : '',
        'display_name' => $admin->display_name === $admin->user_login ? shown_name() : '',
        'nickname' => $admin->nickname === $admin->user_login ? shown_name() : '',
    ]) : [];
    $shown && wp_update_user(['ID' => $admin->ID] + $shown);
}

function shown_name(): string
{
    return setting('STORE_TITLE') ?: 'Shop';
}

/** WordPress's own version inserts a post and a page on each run. A shop needs neither. */
function wp_install_defaults(int $user_id): void
{
    if (!term_exists('uncategorized', 'category')) {
        wp_insert_term('Uncategorized', 'category', ['slug' => 'uncategorized']);
    }
    update_option('default_category', (int) get_term_by('slug', 'uncategorized', 'category')->term_id);
    update_user_meta($user_id, 'show_welcome_panel', 0);
}
