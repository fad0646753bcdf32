<?php
/**
 * Runs before every page, from a mount outside the store's volume. WordPress treats this as a filter that was added early. So
 * the hardening works even if a migration or the store's own PHP moves the folder of must-use plugins away.
 */
$GLOBALS['wp_filter']['muplugins_loaded'][0][] = [
    'accepted_args' => 0,
    'function' => static function () {
        if (!defined('Shopyard\Hardening\WINDOW_S')) {
            require __DIR__ . '/hardening.php';
        }
    },
];
