/**
 * `npm run record-demo`: runs `npm run demo` on a pseudo-terminal and writes docs/images/demo.svg, an animation of what
 * it prints. Needs `script` of util-linux, and no Shopyard on port 3000.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fail, print } from '../lib/script.ts';
import { animate, type Frame } from './animate.ts';
import { Terminal } from './terminal.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const TARGET = fileURLToPath(new URL('../../../docs/images/demo.svg', import.meta.url));
const PROMPT = '$ npm run demo';
/** The prompt stands alone for this long before the first output. */
const LEAD_MS = 1000;
/** Longer silences, such as the server's start, are shortened to this. */
const LONGEST_MS = 2000;
/** Changes closer together than this share a frame. */
const FRAME_MS = 100;

const child = spawn('script', ['--quiet', '--return', '--command', 'npm run --silent demo', '/dev/null'], {
  cwd: ROOT,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const frames = await record(child.stdout);
// Node's type of `once` knows no events; `exit` passes the code first.
const [code] = child.exitCode === null ? ((await once(child, 'exit')) as [number | null]) : [child.exitCode];
if (code === 0) {
  const svg = animate(frames, 'npm run demo: six stores are created at once; one fails on purpose and recovers');
  writeFileSync(TARGET, svg);
  print(`docs/images/demo.svg: ${frames.length} frames, ${(Buffer.byteLength(svg) / 1000).toFixed(0)} kB`);
} else {
  print(frames.at(-1)?.lines.join('\n') ?? '');
  fail(`The demo ended with ${code}`);
}

async function record(output: AsyncIterable<Buffer>): Promise<Frame[]> {
  const frames: Frame[] = [{ at: 0, lines: [PROMPT] }];
  const terminal = new Terminal();
  let now = LEAD_MS;
  let seenAt: number | undefined;
  let pending = '';
  for await (const chunk of output) {
    const at = performance.now();
    now += Math.min(at - (seenAt ?? at), LONGEST_MS);
    seenAt = at;
    // The demo writes whole lines, but a chunk may end in the middle of one.
    pending += chunk.toString();
    const whole = pending.lastIndexOf('\n') + 1;
    terminal.write(pending.slice(0, whole));
    pending = pending.slice(whole);
    const lines = [PROMPT, '', ...terminal.lines];
    const last = frames.at(-1);
    if (last && last.at > 0 && now - last.at < FRAME_MS) last.lines = lines;
    else frames.push({ at: Math.round(now), lines });
  }
  return frames;
}
