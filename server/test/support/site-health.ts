/** Tools → Site Health in wp-admin: the results on the page and those that it requests by REST. */
import { type Open, cookiesOf, logIn } from './shopper.ts';

export interface Finding {
  test: string;
  status: 'good' | 'recommended' | 'critical';
  label: string;
  description: string;
}

export async function siteHealth(open: Open, login: { username: string; password: string }): Promise<Finding[]> {
  const Cookie = cookiesOf(await logIn(open, login));
  const page = await open('/wp-admin/site-health.php', { headers: { Cookie } });
  const text = /var SiteHealth = (\{.*?\});\n/.exec(page.body)?.[1];
  if (!text) throw new Error(`Site Health answers ${page.status}: ${page.body.slice(0, 300)}`);
  const { site_status: status, nonce } = JSON.parse(text) as {
    site_status: { direct: Finding[]; async: Record<string, { test: string; has_rest: boolean; headers?: object }> };
    nonce: Record<string, string>;
  };
  const rest = /createNonceMiddleware\(\s*"(\w+)"/.exec(page.body)?.[1] ?? nonce['site_status'] ?? '';
  const findings = [...status.direct];
  for (const { test, headers } of Object.values(status.async)) {
    const { pathname, search } = new URL(test, 'http://localhost');
    const answer = await open(pathname + search, { headers: { ...headers, Cookie, 'X-WP-Nonce': rest } });
    if (answer.status !== 200) throw new Error(`${test} answers ${answer.status}: ${answer.body.slice(0, 300)}`);
    findings.push(JSON.parse(answer.body) as Finding);
  }
  return findings;
}
