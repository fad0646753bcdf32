<?php
/**
 * Runs before every page, from a mount that is not on the store's volume: WordPress takes this for a filter that was added early.
 * So the hardening is there without the folder of must-use plugins, which a migration or the store's own PHP may move away.
 */
$GLOBALS['wp_filter']['muplugins_loaded'][0][] = [
    'accepted_args' => 0,
    'function' => static function () {
        if (!defined('Shopyard\Hardening\WINDOW_S')) {
            require __DIR__ . '/hardening.php';
        }
    },
];
