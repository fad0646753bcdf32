<?php
/**
 * Sends the store's mail through the SMTP server in its values, because the image has no sendmail. Runs first, so that a
 * merchant's plugin can override it.
 */

namespace Shopyard\Mail;

if (!getenv('SMTP_HOST')) {
    return;
}

add_action('phpmailer_init', function ($mailer) {
    // PHPMailer calls TLS from the first byte "ssl", and mandatory STARTTLS "tls".
    $security = ['tls' => 'ssl', 'starttls' => 'tls'][getenv('SMTP_SECURITY')] ?? '';
    $user = (string) getenv('SMTP_USERNAME');
    $mailer->isSMTP();
    $mailer->Host = getenv('SMTP_HOST');
    $mailer->Port = (int) getenv('SMTP_PORT');
    $mailer->SMTPSecure = $security;
    $mailer->SMTPAutoTLS = $security !== '';
    $mailer->SMTPAuth = $user !== '';
    $mailer->Username = $user;
    // A file instead of a variable: it may change while the store runs, and phpinfo shows variables.
    $mailer->Password = $user === '' ? '' : trim((string) @file_get_contents('/etc/shopyard/smtp/password'));
    // A customer's order waits until its mail is handed over.
    $mailer->Timeout = 15;
}, PHP_INT_MIN);

// A server accepts only its own senders.
if (getenv('SMTP_FROM')) {
    add_filter('wp_mail_from', fn() => getenv('SMTP_FROM'), PHP_INT_MAX);
}

add_action('wp_mail_failed', function (\WP_Error $error) {
    error_log('shopyard: a mail could not be sent: ' . str_replace(["\r", "\n"], ' ', $error->get_error_message()));
});
