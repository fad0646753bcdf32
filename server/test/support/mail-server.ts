/** An SMTP server that requires a login and keeps received mail, on an address that pods can reach. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** User name of the login. */
  user: string;
  /** Headers and body as received. */
  source: string;
}

export interface MailServer extends AsyncDisposable {
  port: number;
  mails: ReceivedMail[];
}

export async function startMailServer(address: string, login: { user: string; password: string }): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      const isRight = username === login.user && password === login.password;
      done(isRight ? undefined : new Error('wrong login'), isRight ? { user: username } : undefined);
    },
    onData(stream, { envelope, user }, done) {
      void text(stream).then((source) => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), user: user ?? '', source });
        done();
      }, done);
    },
  });
  // A client that disconnects is not an error of the server.
  server.on('error', () => undefined);
  const listening = server.listen(0, address);
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    mails,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
