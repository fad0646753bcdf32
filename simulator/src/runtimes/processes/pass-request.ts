/** Forwards a request to a store's process, which may respond with anything; nothing it does crashes the cluster. */
import { type IncomingMessage, request, type RequestOptions, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

const UNANSWERED = 'The store did not answer.\n';

/** Pipes the response of `target` to `res`: 502 if it is invalid, aborted if it breaks off. */
export function passRequest(target: RequestOptions, req: IncomingMessage, res: ServerResponse): void {
  // Once the response has started, its pipeline ends `res` either way.
  const fail = (): void => {
    if (!res.headersSent) res.writeHead(502, { 'Content-Type': 'text/plain' }).end(UNANSWERED);
  };
  try {
    const { method, url: path, headers } = req;
    const outgoing = request({ ...target, method, path, headers });
    outgoing.on('response', (response) => {
      if (begin(res, response)) pipeline(response, res, () => undefined);
      else {
        response.destroy();
        fail();
      }
    });
    outgoing.on('error', fail);
    // Closed without error or response: the store switched to another protocol.
    outgoing.on('close', fail);
    res.once('close', () => outgoing.destroy());
    req.pipe(outgoing);
  } catch {
    // The request can't be sent at all: HTTP doesn't allow its path.
    fail();
  }
}

/** Writes status and headers; false if they are invalid. */
function begin(res: ServerResponse, { statusCode = 0, headers }: IncomingMessage): boolean {
  if (statusCode < 200 || statusCode > 599) return false;
  try {
    res.writeHead(statusCode, headers);
    return true;
  } catch {
    return false;
  }
}
