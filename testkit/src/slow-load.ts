/** Loads a page from a cold cache by a slow network, and tells what the network alone needs for that. */
import type { Browser, CDPSession } from 'playwright-core';
import { startSlowLine } from './slow-line.ts';

/** Fast 3G. */
const BYTES_PER_MS = 200;
const ROUND_TRIP_MS = 150;

export interface SlowLoad {
  /** From navigation until the page is usable, in milliseconds; longer on a machine that does other things too. */
  usableMs: number;
  /** As sent until then, those of WebSockets included. */
  bytes: number;
  /** Requests one after the other, each of which waited for the one before. */
  depth: number;
  /** What the network needs for that, in milliseconds: bytes, and two round trips for each request in a row. */
  networkMs: number;
}

interface Transfer {
  socket: boolean;
  start: number;
  end: number;
  /** None of a socket: the line counts those. */
  bytes: number;
}

/** `usable`: the name of a button that is there once the page is usable. */
export async function slowLoad(browser: Browser, url: string, usable: string): Promise<SlowLoad> {
  const { origin, pathname } = new URL(url);
  await using line = await startSlowLine(origin, { bytesPerMs: BYTES_PER_MS, roundTripMs: ROUND_TRIP_MS });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const transfers = await watchTransfers(session);
  await page.goto(`${line.origin}${pathname}`);
  await page.getByRole('button', { name: usable }).waitFor();
  const usableMs = await page.evaluate(() => performance.now());
  const needed = transfers();
  const bytes = needed.reduce((sum, transfer) => sum + transfer.bytes, line.socketBytes());
  await context.close();
  const depth = depthOf(needed);
  return { usableMs, bytes, depth, networkMs: bytes / BYTES_PER_MS + 2 * depth * ROUND_TRIP_MS };
}

async function watchTransfers(session: CDPSession): Promise<() => Transfer[]> {
  const all = new Map<string, Transfer>();
  const end = (id: string, at: number, bytes = 0): void => {
    const transfer = all.get(id);
    if (transfer) all.set(id, { ...transfer, end: at, bytes: transfer.bytes + bytes });
  };
  session.on('Network.requestWillBeSent', ({ requestId, timestamp }) =>
    all.set(requestId, { socket: false, start: timestamp, end: 0, bytes: 0 }),
  );
  session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) =>
    end(requestId, timestamp, encodedDataLength),
  );
  session.on('Network.webSocketWillSendHandshakeRequest', ({ requestId, timestamp }) =>
    all.set(requestId, { socket: true, start: timestamp, end: 0, bytes: 0 }),
  );
  session.on('Network.webSocketFrameReceived', ({ requestId, timestamp }) => end(requestId, timestamp));
  await session.send('Network.enable');
  return () => neededOf([...all.values()]);
}

/** What ended before the socket's last message: the page loads others once it has the stores. */
function neededOf(all: readonly Transfer[]): Transfer[] {
  const last = Math.max(...all.filter(({ socket }) => socket).map(({ end }) => end));
  return all.filter(({ end }) => end > 0 && end <= last);
}

/** Length of the longest chain in which each transfer starts after the one before has ended. */
function depthOf(transfers: readonly Transfer[]): number {
  const depths: { end: number; depth: number }[] = [];
  for (const { start, end } of transfers.toSorted((one, other) => one.start - other.start)) {
    const before = depths.filter((other) => other.end <= start).map(({ depth }) => depth);
    depths.push({ end, depth: 1 + Math.max(0, ...before) });
  }
  return Math.max(0, ...depths.map(({ depth }) => depth));
}
