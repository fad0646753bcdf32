/** The frames of a page, and the processor time of its main thread. */
import type { CDPSession, Page } from 'playwright-core';

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  /** Processor time in microseconds. */
  tdur?: number;
}

export interface Task {
  /** Processor time in milliseconds. */
  tookMs: number;
  /** Begun before the page's first contentful paint, if that was traced. */
  beforePaint: boolean;
}

/** Records how long each frame takes until `read`, in milliseconds. */
export async function recordFrames(page: Page): Promise<{ read: () => Promise<number[]> }> {
  const frames = await page.evaluateHandle(() => {
    const lengths: number[] = [];
    let last = performance.now();
    const next = (now: number): void => {
      lengths.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    return lengths;
  });
  return { read: () => frames.jsonValue() };
}

/**
 * The tasks of the page's main thread while `use` runs: script, style, layout and paint. Unlike the length of a frame, their
 * processor time hardly depends on what else the machine does.
 */
export async function traceTasks(page: Page, use: () => Promise<void>): Promise<Task[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  // Chromium's format; the protocol's types leave it open.
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'loading'] },
  });
  await use();
  await endTrace(session);
  const paint = events.find(({ name }) => name === 'firstContentfulPaint');
  // Other renderers paint nothing and run no script.
  const main = paint ?? events.find(({ name }) => name === 'FunctionCall');
  return events
    .filter(({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && pid === main?.pid && tid === main.tid)
    .map(({ ts, tdur = 0 }) => ({ tookMs: tdur / 1000, beforePaint: paint !== undefined && ts <= paint.ts }));
}

async function endTrace(session: CDPSession): Promise<void> {
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
}
