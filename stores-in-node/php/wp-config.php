<?php
/** Shared by all embedded stores: their differences come from the environment, as in the official image. */
foreach (json_decode(file_get_contents(__DIR__ . '/environment.json'), true) as $name => $value) {
    putenv("$name=$value");
}
define('DB_ENGINE', 'sqlite');
define('DB_NAME', 'wordpress');
define('DB_USER', '');
define('DB_PASSWORD', '');
define('DB_HOST', '');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
// Outside the web root.
define('DB_DIR', '/var/www/database/');
define('DB_FILE', 'store.sqlite');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define("{$name}_KEY", getenv("WORDPRESS_{$name}_KEY"));
    define("{$name}_SALT", getenv("WORDPRESS_{$name}_SALT"));
}
$table_prefix = 'wp_';
if ($extra = getenv('WORDPRESS_CONFIG_EXTRA')) {
    eval($extra);
}
// After the store's own must-use plugins.
$GLOBALS['wp_filter']['muplugins_loaded'][0][] = [
    'accepted_args' => 0,
    'function' => function () {
        foreach (glob(__DIR__ . '/mu-plugins/*.php') as $plugin) {
            require_once $plugin;
        }
    },
];
defined('WP_HTTP_BLOCK_EXTERNAL') || define('WP_HTTP_BLOCK_EXTERNAL', true);
defined('DISALLOW_FILE_MODS') || define('DISALLOW_FILE_MODS', true);
defined('ABSPATH') || define('ABSPATH', __DIR__ . '/html/');
require_once ABSPATH . 'wp-settings.php';
