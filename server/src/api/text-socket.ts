/** A connection that sends text frames: long updates deflated, if its client accepts that, and everything else as it is. */
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { UpdateEncoder } from './encode-updates.ts';

/**
 * Options of the server. Nothing is deflated by `ws`, which would do it, and keep 256 KiB for it, per connection. What clients
 * deflate is inflated, message by message.
 */
export const PER_MESSAGE_DEFLATE = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  // Updates are deflated once for all clients, whatever window one of them asks for.
  serverMaxWindowBits: false as unknown as number,
};

export class TextSocket extends WebSocket {
  #deflate: { wire: Duplex; frameOf: UpdateEncoder['deflated'] } | undefined;

  /** Deflates long updates from now on, if the client has accepted that. `wire`: the connection below this one. */
  deflateTo(wire: Duplex, frameOf: UpdateEncoder['deflated']): void {
    if (this.extensions.includes('permessage-deflate')) this.#deflate = { wire, frameOf };
  }

  /** Already encoded bytes are text too. */
  override send(data: string | Buffer): void {
    const frame = this.readyState === WebSocket.OPEN ? this.#deflate?.frameOf(data) : undefined;
    // In order, because `ws` deflates nothing and so never holds back a frame.
    if (frame) this.#deflate?.wire.write(frame);
    else super.send(data, { binary: false, compress: false });
  }
}
