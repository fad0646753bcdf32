<?php
/**
 * A merchant may change in wp-admin what setup wrote; from then on setup leaves it alone. One option records what setup
 * wrote last, by option name, and `true` by the name of each thing that is done once.
 */

const WRITTEN = 'shopyard_written';
const ONCE = ['woocommerce', 'defaults', 'pages', 'front page', 'shipping'];

/** Null if setup never wrote it. */
function written(string $name): mixed
{
    return get_option(WRITTEN, [])[$name] ?? null;
}

function note_written(string $name, mixed $value): void
{
    update_option(WRITTEN, [$name => $value] + get_option(WRITTEN, []), false);
}

/** Writes an option whose value differs from the last one that setup wrote, unless somebody else changed it since. */
function write_option(string $name, mixed $value): void
{
    $value = sanitize_option($name, $value);
    $current = get_option($name);
    $last = written($name);
    if ($last !== null && !is_same($current, $last) && !is_same($current, $value)) {
        say("$name was changed in wp-admin, and stays");
        return;
    }
    if (!is_same($current, $value)) {
        update_option($name, $value);
    }
    if (!is_same($last, $value)) {
        note_written($name, $value);
    }
}

/** WordPress returns numbers as text. */
function is_same(mixed $one, mixed $other): bool
{
    return $one !== null && $other !== null && (string) maybe_serialize($one) === (string) maybe_serialize($other);
}

function do_once(string $what, callable $do): void
{
    if (written($what) === null) {
        $do();
        note_written($what, true);
    }
}

/** In a store that was set up before these records existed, everything counts as the merchant's. */
function take_over_older_store(): void
{
    if (get_option(WRITTEN) !== false) {
        return;
    }
    // The marker of a finished setup, and the last thing that the step `store` writes.
    $is_set_up = glob(CONTENT . '/.setup-*') !== [];
    $sells = $is_set_up && get_option('shopyard_sample_product') !== false;
    $notes = ($is_set_up ? ['blogname' => setting('STORE_TITLE')] : []) + ($sells ? store_options() : []);
    foreach ($notes as $name => $value) {
        $notes[$name] = sanitize_option($name, $value);
    }
    $once = [...($is_set_up ? ['permalinks', 'verified'] : []), ...($sells ? ONCE : [])];
    add_option(WRITTEN, $notes + array_fill_keys($once, true), '', false);
}
