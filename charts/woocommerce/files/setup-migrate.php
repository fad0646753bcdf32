<?php
/**
 * The step `migrate`: runs the updates of WooCommerce's database to their end. WooCommerce only queues them, for requests to
 * come; until then new code would meet old tables.
 */

/** The queue has other work in this group too, such as what follows each change of a product. */
const UPDATES = 'woocommerce-db-updates';
const UPDATE = 'woocommerce_run_update_callback';
/** WooCommerce queues it behind its updates, to write the new version of the database. */
const LAST_UPDATE = 'woocommerce_update_db_to_current_version';

/** May be killed at any moment: the version of the database follows the updates that are done. */
function migrate_database(): void
{
    load_as_administrator();
    if (is_switched_off()) {
        return;
    }
    if (get_option('woocommerce_version') !== WC()->version || WC_Install::verify_base_tables(false)) {
        forget_killed_installs();
        WC_Install::install();
    }
    $from = (string) get_option('woocommerce_db_version');
    queue_updates($from);
    for ($done = 0; $waiting = waiting_updates(); ) {
        say('migrate ' . ++$done . ' of ' . ($done + count($waiting) - 1));
        run_update(key($waiting), current($waiting));
        note_progress();
    }
    WC_Install::update_db_version();
    WC_Install::remove_update_db_notice();
    if ($from !== needed_db_version()) {
        say("the database of WooCommerce was updated from $from to " . needed_db_version());
    }
}

function is_migrated(): bool
{
    return !WC_Install::needs_db_update() && get_option('woocommerce_db_version') === needed_db_version();
}

/** Queues what the code at hand needs, and keeps what something else than a version queued. */
function queue_updates(string $have): void
{
    require_once WC_ABSPATH . 'includes/wc-update-functions.php';
    $is_old = $have !== '' && version_compare($have, needed_db_version(), '<');
    $of_versions = array_merge(...array_values(WC_Install::get_db_update_callbacks()));
    foreach (waiting_updates() as $id => $update) {
        $callback = callback_of($update);
        // An earlier run was killed in it, or it is of another WooCommerce.
        ActionScheduler::store()->cancel_action($id);
        if (is_callable($callback) && !($is_old && in_array($callback, $of_versions, true))) {
            WC()->queue()->add(UPDATE, $update->get_args(), UPDATES);
        }
    }
    if ($is_old) {
        WC_Install::run_manual_database_update();
    }
}

/** Actions by id, in the order of their times; last the one that writes the version, whatever was queued behind it. */
function waiting_updates(): array
{
    $status = [ActionScheduler_Store::STATUS_PENDING, ActionScheduler_Store::STATUS_RUNNING];
    $all = as_get_scheduled_actions(['group' => UPDATES, 'status' => $status, 'per_page' => -1, 'orderby' => 'date']);
    $of = fn(string $hook) => array_filter($all, fn($update) => $update->get_hook() === $hook);
    return $of(UPDATE) + $of(LAST_UPDATE);
}

/** Name of a function, or a class and its method. Null for the one that writes the version. */
function callback_of(ActionScheduler_Action $update): mixed
{
    return $update->get_args()['update_callback'] ?? null;
}

function run_update(int $id, ActionScheduler_Action $update): void
{
    ActionScheduler::runner()->process_action($id, 'Shopyard');
    if (ActionScheduler::store()->get_status($id) === ActionScheduler_Store::STATUS_COMPLETE) {
        return;
    }
    $logs = ActionScheduler::logger()->get_logs($id);
    $why = $logs === [] ? '' : mb_substr(end($logs)->get_message(), 0, 160);
    $name = implode('::', (array) (callback_of($update) ?? LAST_UPDATE));
    say("the update $name of WooCommerce's database failed: $why");
    $have = get_option('woocommerce_db_version');
    fail("no order is lost. Retry goes on with the database of version $have; woocommerce.version can go back to $have, no further");
}

/** The database has the last version of which no update waits. */
function note_progress(): void
{
    $have = (string) get_option('woocommerce_db_version');
    $waiting = array_filter(array_map('callback_of', waiting_updates()), 'is_string');
    foreach (WC_Install::get_db_update_callbacks() as $version => $callbacks) {
        if (array_intersect($callbacks, $waiting)) {
            return;
        }
        if (version_compare($have, $version, '<')) {
            WC_Install::update_db_version($version);
        }
    }
}

function needed_db_version(): string
{
    $last = (string) array_key_last(WC_Install::get_db_update_callbacks());
    return version_compare(WC()->version, $last, '>') ? WC()->version : $last;
}
