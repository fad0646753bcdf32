/** A store's complete process with real PHP, and a script in place of WordPress. */
import { expect, test } from 'vitest';
import { socketsOf } from '../test/sockets.ts';
import { type Answer, serveScripts } from '../test/store-process.ts';

const statusesOf = (answers: Answer[]): number[] => [...new Set(answers.map(({ status }) => status ?? 0))];

/** The script: each path is one case. */
const SCRIPT = `
parse_str($_SERVER['QUERY_STRING'], $query);
$ask = fn(array $asked): string => post_message_to_js(json_encode($asked + ['method' => 'GET', 'headers' => [], 'body' => '']));
$file = '/var/www/html/wp-content/uploads-of-test';
switch (strtok($_SERVER['REQUEST_URI'], '?')) {
  case '/exit/': echo 'whole page'; exit(3);
  case '/fatal/': no_such_function();
  case '/memory/': str_repeat('x', 600 * 1024 * 1024);
  case '/crash/': $deep = []; for ($n = 0; $n < 300000; $n++) $deep = [$deep]; unset($deep); echo 'no crash'; break;
  case '/status/': http_response_code(503); echo 'closed'; break;
  case '/slow/': $end = microtime(true) + $query['seconds']; while (microtime(true) < $end); echo 'slow'; break;
  case '/ask/': echo $ask(['url' => $query['url']]); break;
  case '/tell/': echo $ask(['url' => '/written/', 'waits' => false]); break;
  case '/written/': file_put_contents($file, 'yes'); break;
  case '/read/': echo @file_get_contents($file); break;
  default: echo ini_get('memory_limit');
}`;

test('answers 450 requests and cron calls, eight at a time, across a change of PHP runtime', async () => {
  const store = await serveScripts(SCRIPT);
  const paths = Array.from({ length: 450 }, (_, index) => (index % 9 === 0 ? '/wp-cron.php?doing_wp_cron' : '/shop/'));
  const answers: Answer[] = [];
  const visitor = async (): Promise<void> => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) answers.push(await store.get(path));
  };
  await Promise.all(Array.from({ length: 8 }, visitor));
  expect(answers).toHaveLength(450);
  expect(statusesOf(answers)).toEqual([200]);
  expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['cron', '512M']));
});

test('answers with the page despite an exit code; answers 500 to a fatal error and logs its cause', async () => {
  const store = await serveScripts(SCRIPT);
  const all = ['/exit/', '/shop/', '/fatal/', '/shop/', '/memory/', '/shop/', '/status/', '/shop/'];
  const answers = await Promise.all(all.map((path) => store.get(path)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 500, 200, 500, 200, 503, 200]);
  expect(answers[0]?.text).toBe('whole page');
  expect(answers[6]?.text).toBe('closed');
  expect(store.log.join('\n')).toMatch(/PHP Fatal error: .*no_such_function/);
  expect(store.log.join('\n')).toMatch(/PHP Fatal error: .*Allowed memory size/);
});

test('starts another PHP after a crash and logs the request that crashed it', async () => {
  const store = await serveScripts(SCRIPT);
  const answers = await Promise.all(
    ['/shop/', '/crash/', '/shop/', '/crash/', '/shop/'].map((path) => store.get(path)),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 500, 200, 500, 200]);
  expect(store.log.join('\n')).toMatch(/PHP Fatal error: {2}"GET \/crash\/ HTTP\/1.1" has no answer: \S/);
});

test('serves static files while PHP is busy', async () => {
  const store = await serveScripts(SCRIPT);
  await store.get('/shop/');
  const order: string[] = [];
  const slow = store.get('/slow/?seconds=3').then(() => order.push('slow'));
  for (let count = 0; count < 5; count += 1) {
    expect(await store.get('/wp-includes/images/blank.gif')).toEqual({ status: 200, text: 'GIF89a' });
    order.push('file');
  }
  await slow;
  expect(order).toEqual(['file', 'file', 'file', 'file', 'file', 'slow']);
});

test('answers a request to the store itself by another PHP, also after that one was replaced', async () => {
  const store = await serveScripts(SCRIPT);
  const page = Buffer.from('512M').toString('base64');
  for (const url of ['/shop/', '/exit/', '/shop/']) {
    const { text } = await store.get(`/ask/?url=${url}`);
    expect(JSON.parse(text)).toMatchObject({ status: 200, ...(url === '/shop/' ? { body: page } : {}) });
  }
  expect(JSON.parse((await store.get('/ask/?url=/wp-config.php')).text)).toMatchObject({ status: 403 });
  const nested = JSON.parse((await store.get(`/ask/?url=${encodeURIComponent('/ask/?url=/shop/')}`)).text) as object;
  expect(nested).toMatchObject({ status: 200, body: expect.stringMatching(/./) as string });
  const inner = Buffer.from((nested as { body: string }).body, 'base64').toString();
  expect(JSON.parse(inner)).toEqual({ error: expect.stringContaining('while it answers its own') as string });
});

test('answers a non-blocking request to the store itself later', async () => {
  const store = await serveScripts(SCRIPT);
  expect(JSON.parse((await store.get('/tell/')).text)).toMatchObject({ status: 202 });
  await expect.poll(async () => (await store.get('/read/')).text).toBe('yes');
});

test('answers the current request before it exits', async () => {
  const store = await serveScripts(SCRIPT);
  await store.get('/shop/');
  const slow = store.get('/slow/?seconds=2');
  await store.get('/wp-includes/images/blank.gif');
  expect(await store.end()).toBe(143);
  expect(await slow).toEqual({ status: 200, text: 'slow' });
});

test.runIf(process.platform === 'linux')('listens only on its Unix socket, with one PHP and with two', async () => {
  const store = await serveScripts(SCRIPT);
  for (const path of ['/shop/', '/ask/?url=/shop/']) {
    await store.get(path);
    expect(socketsOf(store.pid)).toEqual([expect.stringMatching(/^unix .+\/s listening$/)]);
  }
});
