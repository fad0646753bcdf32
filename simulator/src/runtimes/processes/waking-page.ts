/** Shown while a sleeping store wakes up; reloads by itself. */
import type { ServerResponse } from 'node:http';

const HTML = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="2">
<title>Waking up</title>
<style>
:root { color-scheme: light dark }
body { display: grid; place-content: center; min-block-size: 90vh; margin: 0; font: 1rem/1.5 system-ui, sans-serif; text-align: center }
</style>
<p><strong>This store was asleep.</strong><br>It is waking up, which takes a few seconds.</p>
`;

export function wakingPage(res: ServerResponse): void {
  res
    .writeHead(503, { 'Content-Type': 'text/html; charset=utf-8', 'Retry-After': '2', 'Cache-Control': 'no-store' })
    .end(HTML);
}
