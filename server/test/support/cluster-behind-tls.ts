/** A front for a cluster, as clouds have one: TLS, a private CA and a token from a credential plugin. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stringify } from 'yaml';

const TLS = new URL('../fixtures/tls/', import.meta.url);

/** Like those of clouds, the plugin prints a token only with a profile and a login in the home folder. */
const PLUGIN = `#!/bin/sh
[ -n "$AWS_PROFILE" ] || { echo "no profile" >&2; exit 253; }
token=$(cat "$HOME/.aws/token") || exit 254
echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'$token'"}}'
`;

export interface ClusterBehindTls extends AsyncDisposable {
  /** What kubectl needs to work on it: KUBECONFIG with two files, HOME, PATH and the profile. */
  env: { KUBECONFIG: string; HOME: string; PATH: string; AWS_PROFILE: string };
  /** Rotates the token: from now on only the new one, in the home folder, is accepted. */
  rotate(): void;
}

/** `url`: of the simulator. Kubeconfigs, plugin and home folder go into `dir`. */
export async function startClusterBehindTls(url: string, dir: string): Promise<ClusterBehindTls> {
  const target = new URL(url);
  const [key, cert] = ['localhost.key', 'localhost.crt'].map((name) => readFileSync(new URL(name, TLS)));
  let token = '';
  const isAllowed = ({ authorization }: IncomingHttpHeaders): boolean => authorization === `Bearer ${token}`;
  const front = createServer({ key, cert }, (req, res) => {
    if (!isAllowed(req.headers)) return void res.writeHead(401).end('{}');
    const { method, headers, url: path } = req;
    const outgoing = request({ host: target.hostname, port: target.port, method, headers, path }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    outgoing.on('error', () => res.destroy());
    res.on('close', () => outgoing.destroy());
    req.pipe(outgoing);
  });
  front.on('upgrade', (req, socket, head) => {
    if (!isAllowed(req.headers)) return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    const upstream = connect(Number(target.port), target.hostname, () => {
      const lines = req.rawHeaders.flatMap((name, at, all) => (at % 2 === 0 ? [`${name}: ${all[at + 1]}`] : []));
      upstream.write([`GET ${req.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  await once(front.listen(0, '127.0.0.1'), 'listening');

  const server = `https://localhost:${(front.address() as AddressInfo).port}${target.pathname}`;
  for (const folder of ['bin', 'kube', 'home/.aws']) mkdirSync(join(dir, folder), { recursive: true });
  const rotate = (): void => {
    token = `token-${randomUUID()}`;
    writeFileSync(join(dir, 'home/.aws/token'), token);
  };
  rotate();
  writeFileSync(join(dir, 'bin/cloud-cli'), PLUGIN);
  chmodSync(join(dir, 'bin/cloud-cli'), 0o755);
  // Beside the kubeconfig, which names it by a relative path.
  writeFileSync(join(dir, 'kube/ca.crt'), cert ?? '');
  const clusters = [{ name: 'c', cluster: { server, 'certificate-authority': 'ca.crt' } }];
  const contexts = [{ name: 'x', context: { cluster: 'c', user: 'u' } }];
  writeFileSync(join(dir, 'kube/clusters'), stringify({ clusters, contexts, 'current-context': 'x' }));
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'cloud-cli', interactiveMode: 'Never' };
  writeFileSync(join(dir, 'kube/users'), stringify({ users: [{ name: 'u', user: { exec } }] }));
  return {
    env: {
      KUBECONFIG: `${join(dir, 'kube/clusters')}:${join(dir, 'kube/users')}`,
      HOME: join(dir, 'home'),
      PATH: `${join(dir, 'bin')}:${process.env['PATH'] ?? ''}`,
      AWS_PROFILE: 'prod',
    },
    rotate,
    async [Symbol.asyncDispose]() {
      front.closeAllConnections();
      front.close();
      await once(front, 'close');
    },
  };
}
