<?php
/** No mail leaves a laptop: the newest messages are kept as JSON files outside the web root. */
add_filter('pre_wp_mail', function ($done, array $mail) {
    if ($done !== null) {
        return $done;
    }
    $folder = '/var/www/mail';
    is_dir($folder) || mkdir($folder);
    $kept = ['at' => gmdate('c'), 'to' => (array) $mail['to'], 'subject' => $mail['subject'], 'message' => $mail['message']];
    file_put_contents(sprintf('%s/%.6F.json', $folder, microtime(true)), wp_json_encode($kept));
    foreach (array_slice(glob("$folder/*.json"), 0, -500) as $old) {
        unlink($old);
    }
    return true;
}, 10, 2);

// The query by which stock is held for a while is not understood there, and no order of a product with a stock would go through.
add_filter('option_woocommerce_hold_stock_minutes', fn() => '');
