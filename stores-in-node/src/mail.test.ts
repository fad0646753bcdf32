/** The chart's must-use plugin for mail, without WordPress: the settings that it derives from a store's values. */
import { readFileSync } from 'node:fs';
import { PHP } from '@php-wasm/universal';
import { beforeAll, expect, test } from 'vitest';
import { loadRuntime } from './php.ts';

const PLUGIN = new URL('../../charts/woocommerce/files/mail.php', import.meta.url);
/** Prints the mailer and the sender that the plugin's hooks return. */
const HARNESS = `<?php
$hooks = [];
function add_action($name, $hook) { $GLOBALS['hooks'][$name] = $hook; }
function add_filter($name, $hook) { $GLOBALS['hooks'][$name] = $hook; }
foreach (json_decode('ENVIRONMENT', true) as $name => $value) putenv("$name=$value");
require '/tmp/mail.php';
$mailer = new class extends stdClass { function isSMTP() { $this->smtp = true; } };
isset($hooks['phpmailer_init']) && $hooks['phpmailer_init']($mailer);
$from = isset($hooks['wp_mail_from']) ? $hooks['wp_mail_from']('shop@a.invalid') : null;
echo json_encode(['mailer' => $mailer, 'from' => $from]);
`;

let php: PHP;
beforeAll(async () => {
  php = new PHP(await loadRuntime({}));
  php.writeFile('/tmp/mail.php', readFileSync(PLUGIN));
  php.mkdir('/etc/shopyard/smtp');
  php.writeFile('/etc/shopyard/smtp/password', 'secret\n');
});

async function made(environment: Record<string, string>): Promise<unknown> {
  const { text, errors } = await php.run({ code: HARNESS.replace('ENVIRONMENT', JSON.stringify(environment)) });
  expect(errors).toBe('');
  return JSON.parse(text);
}

const HOST = { SMTP_HOST: 'smtp.example.com', SMTP_PORT: '587', SMTP_USERNAME: 'shop', SMTP_FROM: '' };

test.each([
  { security: 'starttls', SMTPSecure: 'tls', SMTPAutoTLS: true },
  { security: 'tls', SMTPSecure: 'ssl', SMTPAutoTLS: true },
  { security: 'none', SMTPSecure: '', SMTPAutoTLS: false },
])('configures the mailer for security $security', async ({ security, ...expected }) => {
  expect(await made({ ...HOST, SMTP_SECURITY: security })).toEqual({
    mailer: {
      smtp: true,
      Host: 'smtp.example.com',
      Port: 587,
      SMTPAuth: true,
      Username: 'shop',
      Password: 'secret',
      Timeout: 15,
      ...expected,
    },
    from: null,
  });
});

test('neither logs in nor reads the password without a user', async () => {
  const login = { SMTPAuth: false, Username: '', Password: '' };
  expect(await made({ ...HOST, SMTP_USERNAME: '', SMTP_SECURITY: 'none' })).toMatchObject({ mailer: login });
});

test('uses the configured sender for every mail', async () => {
  expect(await made({ ...HOST, SMTP_SECURITY: 'none', SMTP_FROM: 'orders@example.com' })).toMatchObject({
    from: 'orders@example.com',
  });
});

test('changes nothing without a host', async () => {
  expect(await made({ SMTP_HOST: '' })).toEqual({ mailer: {}, from: null });
});
