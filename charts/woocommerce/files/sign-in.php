<?php
/**
 * Signs the administrator in by a link that works once, within a minute. Shopyard makes the link, with a key that it and
 * this store alone have: docs/decisions/sign-in-link.md says how. Mounted into every store, like the hardening.
 */

namespace Shopyard\SignIn;

const PARAMETER = 'shopyard-sign-in-token';
const LIFETIME_S = 60;
const PURPOSE = 'shopyard sign-in link v1';
/** The row that marks a link as used. It holds no token, and goes with the next sign-in after it has expired. */
const USED = 'shopyard_signed_in_';
/** A path below wp-admin with its query: no scheme, no host, no way up, no backslash, no control character. */
const ADMIN_PATH = '~^(?!.*//)(?:[a-z0-9_-][a-z0-9_.-]*/)*(?:[a-z0-9_-][a-z0-9_.-]*)?(?:[?#][\x21-\x5b\x5d-\x7e]*)?$~iD';

// First, before a plugin that hides the login page or closes the shop. Every plugin has been loaded.
add_action('init', function () {
    if (isset($_GET[PARAMETER]) && basename($_SERVER['SCRIPT_NAME'] ?? '') === 'wp-login.php') {
        answer($_GET[PARAMETER]);
    }
}, PHP_INT_MIN);

function answer(mixed $token): never
{
    // The token leaves the address at once, and no cache or other site gets it.
    header('Cache-Control: no-store, private');
    header('Referrer-Policy: no-referrer');
    if (($_SERVER['REQUEST_METHOD'] ?? '') !== 'GET' || !is_string($token)) {
        refuse('It is not a sign-in link.');
    }
    if ($token === '') {
        // Links expire by this store's clock, which Shopyard's may differ from.
        header('Content-Type: application/json');
        exit(json_encode(['signIn' => 1, 'now' => time()]));
    }
    $link = read_token($token) ?? refuse('It was not made for this store.');
    ['user' => $name, 'to' => $to, 'nonce' => $nonce, 'expires' => $expires] = $link;
    if (time() > $expires || $expires > time() + LIFETIME_S) {
        refuse('It has expired.');
    }
    $user = get_user_by('login', $name);
    if (!$user || !user_can($user, 'manage_options')) {
        refuse('Its user is no longer an administrator.');
    }
    if (!use_up($nonce, $expires)) {
        refuse('It has been used.');
    }
    wp_set_current_user($user->ID);
    wp_set_auth_cookie($user->ID);
    // As after a password: a second factor of the store still asks, and its own log of sign-ins is complete.
    do_action('wp_login', $user->user_login, $user);
    wp_redirect(admin_url($to), 303);
    exit;
}

/** The link's contents, or null unless this store's key signed them for this store's address. */
function read_token(string $token): ?array
{
    [$text, $signature] = explode('.', $token, 2) + ['', ''];
    $key = key();
    if ($key === null || !hash_equals(encode(hash_hmac('sha256', address() . "\n$text", $key, true)), $signature)) {
        return null;
    }
    $link = json_decode((string) base64_decode(strtr($text, '-_', '+/')), true);
    $is_whole = is_string($link['user'] ?? null) && is_string($link['nonce'] ?? null) && is_int($link['expires'] ?? null)
        && is_string($link['to'] ?? null) && preg_match(ADMIN_PATH, $link['to']);
    return $is_whole ? $link : null;
}

/** Null where WordPress's keys are missing or too short to sign with. */
function key(): ?string
{
    $secrets = [defined('SECURE_AUTH_KEY') ? SECURE_AUTH_KEY : '', defined('SECURE_AUTH_SALT') ? SECURE_AUTH_SALT : ''];
    return min(array_map('strlen', $secrets)) < 32 ? null : hash_hmac('sha256', PURPOSE, implode('', $secrets), true);
}

function address(): string
{
    return defined('WP_HOME') ? WP_HOME : home_url();
}

function encode(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

/** True once: the row's name is unique, so of any number of requests at once one inserts it. */
function use_up(string $nonce, int $expires): bool
{
    global $wpdb;
    $insert = "INSERT IGNORE INTO $wpdb->options (option_name, option_value, autoload) VALUES (%s, %s, 'no')";
    $row = [USED . hash('sha256', $nonce), (string) $expires];
    if ($wpdb->query($wpdb->prepare($insert, ...$row)) !== 1) {
        return false;
    }
    $delete = "DELETE FROM $wpdb->options WHERE option_name LIKE %s AND option_value < %s";
    $wpdb->query($wpdb->prepare($delete, $wpdb->esc_like(USED) . '%', (string) time()));
    return true;
}

/** Signs nobody in. */
function refuse(string $why): never
{
    status_header(403);
    header('Content-Type: text/html; charset=utf-8');
    exit("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        . "<title>This link does not sign you in</title>\n"
        . '<style>body{font:16px/1.5 system-ui;max-width:36rem;margin:4rem auto;padding:0 1rem;color-scheme:light dark}</style>'
        . "\n<h1>This link does not sign you in</h1>\n<p>$why A link works once, within a minute. Get a new one where you got this one.</p></html>\n");
}
