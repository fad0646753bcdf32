<?php
/** Texts in every table contain the store's full address. This updates them when the address changes. */

const ROWS_AT_ONCE = 500;

/** Safe to kill and rerun: the option `home` is written last. */
function move_to(string $url): void
{
    global $wpdb;
    // Reads and writes the database directly, because WP_HOME hides the option.
    $old = $wpdb->get_var("SELECT option_value FROM $wpdb->options WHERE option_name = 'home'");
    if ($old && $old !== $url) {
        rewrite_texts([parse_url($old, PHP_URL_HOST)], fn($text) => move_links($text, $old, $url));
    }
    foreach (['siteurl', 'home'] as $name) {
        $wpdb->update($wpdb->options, ['option_value' => $url], ['option_name' => $name]);
    }
    wp_cache_flush();
}

/** With any scheme or none, with slashes escaped as in JSON, or percent-encoded as in a query. */
function move_links(string $text, string $old, string $new): string
{
    ['host' => $host] = $from = parse_url($old);
    $port = isset($from['port']) ? "(?::|%3A){$from['port']}" : '';
    // Excludes the start of another host or port.
    $pattern = '~(?:https?(:|%3A))?((?:\\\\*/|%2F){2})' . preg_quote($host, '~') . $port . '(?![\w-]|(?::|%3A)\d|\.\w)~i';
    $scheme = parse_url($new, PHP_URL_SCHEME);
    $to = substr($new, strlen("$scheme://"));
    return preg_replace_callback($pattern, function (array $match) use ($scheme, $to) {
        [, $colon, $slashes] = $match;
        return ($colon === '' ? '' : $scheme . $colon) . $slashes . (str_contains($slashes, '%') ? rawurlencode($to) : $to);
    }, $text) ?? $text;
}

/** Rewrites the texts that contain one of `$needles`, in all tables; skips the option `home`. */
function rewrite_texts(array $needles, callable $rewrite): void
{
    global $wpdb;
    foreach ($wpdb->get_col('SHOW TABLES') as $table) {
        $columns = $wpdb->get_results("SHOW COLUMNS FROM `$table`");
        $texts = array_column(array_filter($columns, fn($column) => preg_match('/char|text|json/i', $column->Type)), 'Field');
        $keys = array_column(array_filter($columns, fn($column) => $column->Key === 'PRI'), 'Field');
        if ($texts !== []) {
            rewrite_table($table, [$keys, $texts], [$needles, $rewrite]);
        }
    }
}

function rewrite_table(string $table, array $columns, array $change): void
{
    global $wpdb;
    [$keys, $texts] = $columns;
    [$needles, $rewrite] = $change;
    $likes = [];
    foreach ($texts as $column) {
        foreach ($needles as $needle) {
            $likes[] = $wpdb->prepare("`$column` LIKE %s", '%' . $wpdb->esc_like($needle) . '%');
        }
    }
    $where = '(' . implode(' OR ', $likes) . ')' . ($table === $wpdb->options ? " AND option_name <> 'home'" : '');
    $names = '`' . implode('`, `', array_unique([...$keys, ...$texts])) . '`';
    // Tables with a single key are read in batches, others at once.
    [$key, $limit] = count($keys) === 1 ? [$keys[0], ROWS_AT_ONCE] : [null, PHP_INT_MAX];
    $after = '';
    do {
        $order = $key === null ? '' : " ORDER BY `$key` LIMIT $limit";
        $rows = $wpdb->get_results("SELECT $names FROM `$table` WHERE $where$after$order", ARRAY_A);
        foreach ($rows as $row) {
            $new = array_map(fn($text) => is_string($text) ? rewrite_value($text, $rewrite) : $text, array_intersect_key($row, array_flip($texts)));
            $changed = array_diff_assoc($new, $row);
            $changed && $wpdb->update($table, $changed, $keys === [] ? $row : array_intersect_key($row, array_flip($keys)));
        }
        $after = $key === null || $rows === [] ? '' : $wpdb->prepare(" AND `$key` > %s", end($rows)[$key]);
    } while (count($rows) === $limit);
}

/** A serialised value stores the length of each text, so texts are rewritten one by one. */
function rewrite_value(string $value, callable $rewrite): string
{
    // A text that only looks serialised can't be read; it stays as it is.
    return is_serialized($value) ? rewrite_serialized($value, $rewrite) ?? $value : $rewrite($value);
}

/** Null if it can't be read. Objects stay as they are: no class is loaded. */
function rewrite_serialized(string $value, callable $rewrite): ?string
{
    $out = '';
    for ($at = 0; $at < strlen($value); ) {
        if (preg_match('/\Gs:(\d+):"/', $value, $match, 0, $at)) {
            $start = $at + strlen($match[0]);
            $text = substr($value, $start, (int) $match[1]);
            $at = $start + (int) $match[1] + 2;
            if (substr($value, $at - 2, 2) !== '";') {
                return null;
            }
            $text = rewrite_value($text, $rewrite);
            $out .= 's:' . strlen($text) . ":\"$text\";";
        } elseif (preg_match('/\G(?:a:\d+:\{|O:\d+:"[^"]*":\d+:\{|\}|[ibrR]:-?\d+;|d:[^;]*;|E:\d+:"[^"]*";|N;)/', $value, $match, 0, $at)) {
            $out .= $match[0];
            $at += strlen($match[0]);
        } else {
            return null;
        }
    }
    return $out;
}
