/** The attacks that a hostile page's script makes on a server. */
import type { Browser, Page } from 'playwright-core';

export interface Loot {
  /** The script's result by attempt: the response's type, status and text, or how it failed. */
  got: Record<string, string>;
  /** HTTP status by attempt, as the browser saw it, for responses that the script can't read. */
  statuses: Record<string, number>;
}

/** The attacker's page, the base URL of the target, and the id of a store there. */
export interface Aim {
  at: string;
  base: string;
  storeId: string;
}

/** Serves the attacker's page at `at` and attacks from it. */
export async function attackFrom(browser: Browser, { at, base, storeId }: Aim): Promise<Loot> {
  const context = await browser.newContext();
  const statuses: Record<string, number> = {};
  context.on('response', (response) => {
    const name = new URL(response.url()).searchParams.get('by');
    if (name) statuses[name] = response.status();
  });
  const page = await context.newPage();
  await page.route(at, (route) => route.fulfill({ contentType: 'text/html', body: '<body>hostile</body>' }));
  await page.goto(at);
  const got = { ...(await include(page, base)), ...(await navigate(page, base)), ...(await ask(page, base, storeId)) };
  await context.close();
  return { got, statuses };
}

/** Elements and connections that load data. */
function include(page: Page, base: string): Promise<Record<string, string>> {
  return page.evaluate(async (base) => {
    const outcome = (target: EventTarget, good: string): Promise<string> =>
      new Promise((resolve) => {
        target.addEventListener(good, () => resolve(good));
        target.addEventListener('error', () => resolve('refused'));
        setTimeout(() => resolve('nothing'), 2000);
      });
    const add = (tag: string, attributes: object): Promise<string> => {
      const element = Object.assign(document.createElement(tag), attributes);
      const loaded = outcome(element, 'load');
      document.head.append(element);
      return loaded;
    };
    const events = new EventSource(`${base}/trpc/stores.watch`);
    const streamed = outcome(events, 'open');
    const tries = {
      webSocket: outcome(new WebSocket(`${base.replace('http', 'ws')}/trpc`), 'open'),
      eventSource: streamed.finally(() => events.close()),
      script: add('script', { src: `${base}/openapi.json?by=script` }),
      image: add('img', { src: `${base}/icon.svg` }),
      link: add('link', { rel: 'preload', as: 'fetch', href: `${base}/stores?by=link` }),
    };
    const entries = Object.entries(tries).map(async ([name, got]) => [name, await got] as const);
    return Object.fromEntries(await Promise.all(entries));
  }, base);
}

/** Frames, windows, forms and a beacon, which need no CORS permission. Reads their text where the browser allows it. */
function navigate(page: Page, base: string): Promise<Record<string, string>> {
  return page.evaluate(async (base) => {
    const addFrame = (name: string): { frame: HTMLIFrameElement; loaded: Promise<unknown> } => {
      const frame = Object.assign(document.createElement('iframe'), { name });
      document.body.append(frame);
      const loaded = new Promise((resolve) => {
        frame.addEventListener('load', resolve);
        setTimeout(resolve, 2000);
      });
      return { frame, loaded };
    };
    const textIn = (read: () => Document | null | undefined): string => {
      try {
        return read()?.body?.textContent?.slice(0, 200) ?? 'closed';
      } catch (error) {
        return String(error);
      }
    };
    const submit = async (enctype: string, name: string): Promise<string> => {
      const { frame, loaded } = addFrame(name);
      const action = `${base}/stores?by=${name}`;
      const form = Object.assign(document.createElement('form'), { method: 'POST', enctype, action, target: name });
      form.append(Object.assign(document.createElement('input'), { name: `{"name":"formed","x":"`, value: '"}' }));
      document.body.append(form);
      form.submit();
      await loaded;
      return textIn(() => frame.contentDocument);
    };
    const framed = async (): Promise<string> => {
      const { frame, loaded } = addFrame('framed');
      frame.src = `${base}/stores?by=frame`;
      await loaded;
      return textIn(() => frame.contentDocument);
    };
    const opened = async (): Promise<string> => {
      const opener = window.open(`${base}/stores?by=window`);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return textIn(() => opener?.document);
    };
    navigator.sendBeacon(`${base}/stores?by=beacon`, JSON.stringify({ name: 'beaconed' }));
    return {
      'plain form': await submit('text/plain', 'plain-form'),
      'encoded form': await submit('application/x-www-form-urlencoded', 'encoded-form'),
      'multipart form': await submit('multipart/form-data', 'multipart-form'),
      frame: await framed(),
      window: await opened(),
    };
  }, base);
}

/** Requests with `fetch`. */
function ask(page: Page, base: string, storeId: string): Promise<Record<string, string>> {
  return page.evaluate(
    async ({ base, storeId }) => {
      const ask = (path: string, init: RequestInit = {}): Promise<string> =>
        fetch(base + path, { ...init, signal: AbortSignal.timeout(2000) }).then(
          async (response) => `${response.type} ${response.status} ${(await response.text()).slice(0, 200)}`,
          (error: unknown) => String(error),
        );
      const body = JSON.stringify({ name: 'taken' });
      const blind = JSON.stringify({ name: 'blind' });
      const called = JSON.stringify({ name: 'called' });
      const headers = { 'Content-Type': 'application/json' };
      return {
        list: await ask('/stores'),
        trpc: await ask('/trpc/stores.list'),
        store: await ask(`/stores/${storeId}`),
        metrics: await ask('/metrics'),
        openapi: await ask('/openapi.json'),
        reveal: await ask(`/stores/${storeId}/credentials`, { method: 'POST' }),
        create: await ask('/stores', { method: 'POST', body }),
        'blind create': await ask('/stores', { method: 'POST', body: blind, mode: 'no-cors' }),
        'create by tRPC': await ask('/trpc/stores.create', { method: 'POST', body: called, headers }),
        'blind create by tRPC': await ask('/trpc/stores.create', { method: 'POST', body: called, mode: 'no-cors' }),
        update: await ask(`/stores/${storeId}`, { method: 'PATCH', body: '{"values":{"size":"large"}}' }),
        delete: await ask(`/stores/${storeId}`, { method: 'DELETE' }),
      };
    },
    { base, storeId },
  );
}
