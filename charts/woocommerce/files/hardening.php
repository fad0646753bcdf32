<?php
/**
 * Closes what WordPress leaves open to strangers. Mounted into every store, so that neither an upgrade of WordPress nor a
 * plugin removes it. Changes nothing in the database except its own count of login attempts.
 */

namespace Shopyard\Hardening;

// system.multicall tries hundreds of passwords per request, and pingback.ping sends requests to others: the whole endpoint is off.
if (defined('XMLRPC_REQUEST')) {
    http_response_code(403);
    header('Content-Type: text/plain');
    exit("XML-RPC is off.\n");
}

const WINDOW_S = 900;
/** Wrong passwords allowed in that time: from one address for one user, and from one address in total. */
const MAX_TRIES = 5;
const MAX_TRIES_OF_ADDRESS = 100;
/** Maximum number of counts, more than one address can add. Beyond it, the lowest are dropped, oldest first. */
const MAX_COUNTED = 1000;
const TRIES_OPTION = 'shopyard_login_tries';

// --- XML-RPC and pingbacks: no page links to them.
add_filter('xmlrpc_enabled', '__return_false', PHP_INT_MAX);
add_filter('pings_open', '__return_false', PHP_INT_MAX);
add_filter('wp_headers', fn(array $headers) => array_diff_key($headers, ['X-Pingback' => '']), PHP_INT_MAX);
add_filter('bloginfo_url', fn($url, $show) => $show === 'pingback_url' ? '' : $url, PHP_INT_MAX, 2);
remove_action('wp_head', 'rsd_link');

// --- Versions: hidden in pages and feeds. An export keeps its version, which the importer needs.
remove_action('wp_head', 'wp_generator');
add_filter('the_generator', fn($tag, $type) => $type === 'export' ? $tag : '', PHP_INT_MAX, 2);

// --- Updates of WordPress: it comes with the image, so the next pod would lose an update made in wp-admin.
add_filter('map_meta_cap', fn(array $caps, string $cap) => $cap === 'update_core' ? ['do_not_allow'] : $caps, PHP_INT_MAX, 2);

// --- Users: a stranger can neither list nor probe them.
add_filter('rest_request_before_callbacks', function ($response, $handler) {
    $controller = is_array($handler['callback'] ?? null) ? $handler['callback'][0] : null;
    if (!($controller instanceof \WP_REST_Users_Controller) || is_user_logged_in()) {
        return $response;
    }
    return new \WP_Error('rest_user_cannot_view', 'Users are shown to logged-in users only.', ['status' => 401]);
}, 1, 2);

add_action('parse_request', function (\WP $wp) {
    $vars = $wp->query_vars;
    // Numbers would let anyone enumerate the accounts; by name, only an archive whose name differs from the login is shown.
    $user = isset($vars['author_name']) ? get_user_by('slug', $vars['author_name']) : false;
    if (!empty($vars['author']) || ($user && $user->user_nicename === sanitize_title($user->user_login))) {
        $wp->query_vars = ['error' => '404'];
    }
}, 20);
add_filter('wp_sitemaps_add_provider', fn($provider, $name) => $name === 'users' ? false : $provider, PHP_INT_MAX, 2);
add_filter('oembed_response_data', fn(array $data) => array_merge($data, ['author_name' => get_bloginfo('name'), 'author_url' => home_url()]), PHP_INT_MAX);

// --- Login: a limited number of wrong passwords, all with the same answer.
add_filter('authenticate', function ($user, $name, $password) {
    if ($user instanceof \WP_User || $name === '' || $password === '' || take_try($name)) {
        return $user;
    }
    foreach (['username_password', 'email_password', 'application_password'] as $way) {
        remove_filter('authenticate', "wp_authenticate_$way", 20);
    }
    return refuse();
}, 1, 3);

add_filter('authenticate', function ($user, $name, $password) {
    if (refused()) {
        return refused(); // Whatever another plugin made of it.
    }
    if ($user instanceof \WP_User && $name !== '' && $password !== '') {
        forget_tries($name);
    }
    return same_error($user);
}, PHP_INT_MAX, 3);
add_filter('rest_authentication_errors', __NAMESPACE__ . '\same_error', PHP_INT_MAX);

// A request for a new password gets the same answer whether or not the account exists and its mail could be sent.
add_action('lostpassword_post', function ($errors, $user) {
    if (empty($_POST['user_login'])) {
        return;
    }
    $user || say_sent();
    add_action('wp_mail_failed', function () {
        error_log('shopyard: a mail for a new password could not be sent');
        say_sent();
    });
}, PHP_INT_MAX, 2);

/** The answer of WordPress and WooCommerce when the mail was sent. */
function say_sent(): never
{
    $shop = isset($_POST['wc_reset_password']) && function_exists('wc_get_account_endpoint_url');
    $to = $_REQUEST['redirect_to'] ?? '' ?: 'wp-login.php?checkemail=confirm';
    wp_safe_redirect($shop ? add_query_arg('reset-link-sent', 'true', wc_get_account_endpoint_url('lost-password')) : $to);
    exit;
}

/** WordPress's own errors distinguish an unknown user from a wrong password, and so does a prefilled form. */
function same_error($result)
{
    $telling = ['invalid_username', 'invalid_email', 'incorrect_password', 'invalidcombo'];
    if (!is_wp_error($result) || !array_intersect($result->get_error_codes(), $telling)) {
        return $result;
    }
    return new \WP_Error('authentication_failed', '<strong>Error:</strong> This username or email address and password do not match.', ['status' => 401]);
}

/** Refuses this request, in a way that other plugins can't undo. */
function refused(?\WP_Error $set = null): ?\WP_Error
{
    static $error = null;
    return $error = $set ?? $error;
}

function refuse(): \WP_Error
{
    // With a filter, because the page that shows the error sets its own status.
    add_filter('status_header', fn($line, $code, $text, $protocol) => "$protocol 429 Too Many Requests", PHP_INT_MAX, 4);
    if (!headers_sent()) {
        status_header(429);
        header('Retry-After: ' . WINDOW_S);
    }
    return refused(new \WP_Error('too_many_tries', '<strong>Error:</strong> Too many wrong passwords. Try again in 15 minutes.', ['status' => 429]));
}

/** Counts that an attempt adds to, with their limits: address and account (by login name or email alike), and address alone. */
function limits_of(string $name): array
{
    $user = get_user_by('login', $name) ?: get_user_by('email', $name);
    $key = fn(string $what) => substr(hash_hmac('sha256', client_address() . " $what", wp_salt()), 0, 20);
    return [$key($user ? $user->ID : 'name ' . strtolower($name)) => MAX_TRIES, $key('') => MAX_TRIES_OF_ADDRESS];
}

/**
 * The client's address; an IPv6 network counts as one. A proxy in front of the store has a private address and appends its
 * client to X-Forwarded-For. The header of any other client is ignored, since that client may have invented it.
 */
function client_address(): string
{
    $peer = $_SERVER['REMOTE_ADDR'] ?? '';
    $hops = explode(',', $_SERVER['HTTP_X_FORWARDED_FOR'] ?? '');
    $said = trim(end($hops));
    $is_public = filter_var($peer, FILTER_VALIDATE_IP, FILTER_FLAG_GLOBAL_RANGE) !== false;
    $bytes = @inet_pton($is_public || !filter_var($said, FILTER_VALIDATE_IP) ? $peer : $said) ?: '';
    if (strlen($bytes) === 16) {
        $is_mapped = str_starts_with($bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff");
        $bytes = $is_mapped ? substr($bytes, 12) : substr($bytes, 0, 8);
    }
    return bin2hex($bytes);
}

/** Counts an attempt before its password is checked, so that concurrent attempts stay within the limit. False at the limit. */
function take_try(string $name): bool
{
    $limits = limits_of($name);
    return change_tries(function (array $tries) use ($limits): ?array {
        foreach ($limits as $key => $limit) {
            [$count, $since] = $tries[$key] ?? [0, time()];
            if ($count >= $limit) {
                return null;
            }
            $tries[$key] = [$count + 1, $since];
        }
        return $tries;
    });
}

/** After a correct password: resets the account's count, and takes this attempt off the address's. */
function forget_tries(string $name): void
{
    [$account, $address] = array_keys(limits_of($name));
    change_tries(function (array $tries) use ($account, $address): array {
        [$count, $since] = $tries[$address] ?? [0, 0];
        $others = array_diff_key($tries, [$account => 0, $address => 0]);
        return $count > 1 ? [$address => [$count - 1, $since]] + $others : $others;
    });
}

/** `$change` maps `{key: [count, since]}` to the counts to keep, or to null to change nothing, and then this returns false. */
function change_tries(callable $change): bool
{
    global $wpdb;
    // An embedded store answers one request at a time.
    $locks = !(defined('DB_ENGINE') && DB_ENGINE === 'sqlite');
    if ($locks && $wpdb->get_var("SELECT GET_LOCK('shopyard-login', 10)") !== '1') {
        return false;
    }
    // Bypasses get_option, whose cache may lag behind another process.
    $row = $wpdb->get_var($wpdb->prepare("SELECT option_value FROM $wpdb->options WHERE option_name = %s", TRIES_OPTION));
    $tries = json_decode($row ?? '', true) ?: [];
    $tries = $change(array_filter($tries, fn(array $entry) => $entry[1] > time() - WINDOW_S));
    if ($tries !== null) {
        // Pushing counts out with a flood of names costs more attempts than those counts would allow.
        uasort($tries, fn(array $one, array $other) => [$other[0], $other[1]] <=> [$one[0], $one[1]]);
        $value = wp_json_encode(array_slice($tries, 0, MAX_COUNTED));
        $wpdb->replace($wpdb->options, ['option_name' => TRIES_OPTION, 'option_value' => $value, 'autoload' => 'no']);
    }
    if ($locks) {
        $wpdb->query("SELECT RELEASE_LOCK('shopyard-login')");
    }
    return $tries !== null;
}
