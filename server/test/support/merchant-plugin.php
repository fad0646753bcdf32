<?php
/** What a merchant does in wp-admin, and what a plugin of theirs does: laid into a store by a test, which asks it by `?merchant=`. */

// As the plugins that hide the login page from strangers.
add_action('login_init', function () {
    if (get_option('merchant_hides_login') && !isset($_GET['secret'])) {
        status_header(404);
        exit('Nothing here.');
    }
});

add_action('wp_loaded', function () {
    $actions = [
        'hide-login' => fn() => update_option('merchant_hides_login', 1),
        'sell-by-size' => function () {
            foreach (wc_get_products(['limit' => -1]) as $product) {
                $product->delete(true);
            }
            $size = new WC_Product_Attribute();
            $size->set_name('Size');
            $size->set_options(['Small', 'Large']);
            $size->set_visible(true);
            $size->set_variation(true);
            $shirt = new WC_Product_Variable();
            $shirt->set_name('Shirt "Sea & Sun"');
            $shirt->set_attributes([$size]);
            $shirt->save();
            foreach (['Small' => 'outofstock', '' => 'instock'] as $value => $stock) {
                $variation = new WC_Product_Variation();
                $variation->set_parent_id($shirt->get_id());
                $variation->set_attributes(['size' => $value]);
                $variation->set_regular_price('20');
                $variation->set_stock_status($stock);
                $variation->save();
            }
            WC_Product_Variable::sync($shirt->get_id());
        },
        'sell-nothing' => function () {
            foreach (wc_get_products(['limit' => -1]) as $product) {
                $product->set_status('draft');
                $product->save();
            }
        },
    ];
    $action = $actions[$_GET['merchant'] ?? ''] ?? null;
    if ($action) {
        $action();
        exit('done');
    }
});
