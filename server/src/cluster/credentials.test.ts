import { engines } from '@shopyard/engines';
import { describe, expect, test } from 'vitest';
import { credentialsOf } from './credentials.ts';

const woocommerce = engines.get('woocommerce') ?? expect.fail();
const make = (): Record<string, string> =>
  (credentialsOf({ id: 'st_1', name: 'alpha' }, woocommerce) as { stringData: Record<string, string> }).stringData;

describe('the credentials of a new store', () => {
  test('have an administrator name that is hard to guess', () => {
    const names = Array.from({ length: 50 }, () => make()['wordpress-username']);
    for (const name of names) expect(name).toMatch(/^admin-[a-z2-9]{4}$/);
    expect(new Set(names).size).toBeGreaterThan(45);
  });

  test('have an email address that hides the login, because order mails show it', () => {
    const { 'wordpress-email': email, 'wordpress-username': username } = make();
    expect(email).toMatch(/^shop-[a-z2-9]{4}@alpha\.invalid$/);
    expect(email).not.toContain(String(username).replace('admin-', ''));
  });
});
