/** Hands a request on to a store's process, which may answer anything: nothing that it does ends the cluster. */
import { type IncomingMessage, request, type RequestOptions, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

const UNANSWERED = 'The store did not answer.\n';

/** Answers `res` with what `target` says: 502 when that is no answer, and cut off where the answer breaks off. */
export function passRequest(target: RequestOptions, req: IncomingMessage, res: ServerResponse): void {
  // Once the answer has begun its pipeline ends `res`, in one way or the other.
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
    // The request can't be made at all: a path that HTTP doesn't allow.
    fail();
  }
}

/** Writes status and headers; false where they are none that may be written. */
function begin(res: ServerResponse, { statusCode = 0, headers }: IncomingMessage): boolean {
  if (statusCode < 200 || statusCode > 599) return false;
  try {
    res.writeHead(statusCode, headers);
    return true;
  } catch {
    return false;
  }
}
