<?php
/**
 * Sends the store's mail by the SMTP server of its values: the image has no sendmail. Comes first, so that a plugin of the
 * merchant's own may send it otherwise.
 */

namespace Shopyard\Mail;

if (!getenv('SMTP_HOST')) {
    return;
}

add_action('phpmailer_init', function ($mailer) {
    // PHPMailer's "ssl" is TLS from the first byte, its "tls" is STARTTLS, which it insists on.
    $security = ['tls' => 'ssl', 'starttls' => 'tls'][getenv('SMTP_SECURITY')] ?? '';
    $user = (string) getenv('SMTP_USERNAME');
    $mailer->isSMTP();
    $mailer->Host = getenv('SMTP_HOST');
    $mailer->Port = (int) getenv('SMTP_PORT');
    $mailer->SMTPSecure = $security;
    $mailer->SMTPAutoTLS = $security !== '';
    $mailer->SMTPAuth = $user !== '';
    $mailer->Username = $user;
    // A file and no variable: it may be changed while the store runs, and phpinfo shows variables.
    $mailer->Password = $user === '' ? '' : trim((string) @file_get_contents('/etc/shopyard/smtp/password'));
    // A customer waits for the mail of an order to be handed over.
    $mailer->Timeout = 15;
}, PHP_INT_MIN);

// A server takes mail of its own senders alone.
if (getenv('SMTP_FROM')) {
    add_filter('wp_mail_from', fn() => getenv('SMTP_FROM'), PHP_INT_MAX);
}

add_action('wp_mail_failed', function (\WP_Error $error) {
    error_log('shopyard: a mail could not be sent: ' . str_replace(["\r", "\n"], ' ', $error->get_error_message()));
});
