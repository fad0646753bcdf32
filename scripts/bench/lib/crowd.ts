/**
 * Many subscribers in one process: `crowd.ts URL COUNT [HELLO [deaf]]` opens COUNT WebSockets, sends HELLO on each, and
 * counts the messages with changes; with `deaf` it reads nothing. Prints `ready` once all are open, and the count when
 * standard input closes.
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';

const [address = '', count = '0', hello, deaf] = process.argv.slice(2);
const url = address.replace('//localhost', '//127.0.0.1');
/** Spreads connections over addresses: one caller may have only 64. */
const ofCaller = (index: number): string => `127.0.0.${2 + Math.floor(index / 50)}`;
let messages = 0;
const sockets: WebSocket[] = [];
while (sockets.length < Number(count)) {
  const batch = Array.from({ length: Math.min(50, Number(count) - sockets.length) }, (_, index) => {
    return new WebSocket(url, { localAddress: ofCaller(sockets.length + index) });
  });
  await Promise.all(batch.map((socket) => once(socket, 'open')));
  for (const socket of batch) {
    socket.on('message', (data: Buffer) => (messages += data.includes('"changes"') ? 1 : 0));
    if (hello) socket.send(hello);
    if (deaf) socket.pause();
  }
  sockets.push(...batch);
}
process.stdout.write('ready\n');
process.stdin.once('end', () => {
  process.stdout.write(`${messages}\n`, () => process.exit(0));
});
process.stdin.resume();
