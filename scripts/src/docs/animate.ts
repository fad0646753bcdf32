/** Draws a recorded terminal as an SVG that is animated in an `<img>`: CSS keyframes only, light and dark. Pure. */

/** The screen's lines from `at` milliseconds on. */
export interface Frame {
  at: number;
  lines: readonly string[];
}

/** A line of the screen, visible between two times in milliseconds. */
interface Span {
  row: number;
  text: string;
  from: number;
  to: number;
}

const COLUMNS = 100;
const CHAR = 8.4;
const LINE = 20;
const MARGIN = 16;
/** Pause on the last frame before the animation starts again. */
const HOLD_MS = 5000;

/** Words with a colour of their own. */
const WORDS = /■+|□+|\bReady\b|\bFailed\b|\bDeleting\b|\bdeleted\b/g;
const CLASSES: Readonly<Record<string, string>> = {
  '■': 'good',
  '□': 'faint',
  R: 'good',
  F: 'bad',
  D: 'faint',
  d: 'faint',
};

const STYLE = `
svg { --ink: #1f2328; --paper: #f6f8fa; --line: #d1d9e0; --good: #1a7f37; --bad: #cf222e; --faint: #6e7781 }
@media (prefers-color-scheme: dark) {
  svg { --ink: #e6edf3; --paper: #0d1117; --line: #3d444d; --good: #3fb950; --bad: #f85149; --faint: #8b949e }
}
rect { fill: var(--paper); stroke: var(--line) }
text { fill: var(--ink); font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; white-space: pre; opacity: 0; animation-timing-function: step-end; animation-iteration-count: infinite }
.good { fill: var(--good) } .bad { fill: var(--bad) } .faint { fill: var(--faint) }`;

/** `frames`: in order of time, the first at 0. Text longer than a line continues on the next. */
export function animate(frames: readonly Frame[], title: string): string {
  const wrapped = frames.map(({ at, lines }) => ({ at, lines: lines.flatMap(wrap) }));
  const end = (frames.at(-1)?.at ?? 0) + HOLD_MS;
  const rows = Math.max(...wrapped.map(({ lines }) => lines.length));
  const width = Math.ceil(COLUMNS * CHAR + 2 * MARGIN);
  const height = rows * LINE + 2 * MARGIN;
  const spans = toSpans(wrapped, end);
  const share = (ms: number): string => `${((100 * ms) / end).toFixed(2)}%`;
  const keyframes = spans.map(({ from, to }, index) => {
    const start = from > 0 ? `0%{opacity:0}${share(from)}{opacity:1}` : '0%{opacity:1}';
    return `@keyframes k${index}{${start}${to < end ? `${share(to)}{opacity:0}` : '100%{opacity:1}'}}`;
  });
  const still = `@media (prefers-reduced-motion: reduce) { text { animation: none !important } .last { opacity: 1 } }`;
  const texts = spans.map(({ row, text, to }, index) => {
    const animation = `animation-name:k${index};animation-duration:${end}ms`;
    const last = to < end ? '' : ' class="last"';
    return `<text${last} y="${MARGIN + (row + 0.75) * LINE}" style="${animation}">${toRuns(text)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">`,
    `<title>${escape(title)}</title>`,
    `<style>${STYLE}`,
    ...keyframes,
    `${still}</style>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    ...texts,
    '</svg>\n',
  ].join('\n');
}

/** One span for each stretch of frames in which a row has the same text. */
function toSpans(frames: readonly Frame[], end: number): Span[] {
  const spans: Span[] = [];
  const open = new Map<number, Span>();
  for (const { at, lines } of frames) {
    const rows = Math.max(lines.length, ...open.keys(), 0) + 1;
    for (let row = 0; row < rows; row++) {
      const text = lines[row] ?? '';
      const current = open.get(row);
      if (current?.text === text) continue;
      if (current) current.to = at;
      open.delete(row);
      if (text.trim() === '') continue;
      const span = { row, text, from: at, to: end };
      open.set(row, span);
      spans.push(span);
    }
  }
  return spans.filter(({ from, to }) => to > from);
}

function wrap(line: string): string[] {
  if (line.length <= COLUMNS) return [line];
  const cut = line.lastIndexOf(' ', COLUMNS);
  const at = cut > 0 ? cut : COLUMNS;
  return [line.slice(0, at), ...wrap(`  ${line.slice(at).trimStart()}`)];
}

/** Each run has its own x, so that columns align in any font. */
function toRuns(line: string): string {
  const runs: { at: number; text: string; kind?: string | undefined }[] = [];
  let done = 0;
  const plain = (to: number): void => {
    for (const { 0: text, index } of line.slice(done, to).matchAll(/\S+(?: \S+)*/g))
      runs.push({ at: done + index, text });
  };
  for (const { 0: text, index } of line.matchAll(WORDS)) {
    plain(index);
    runs.push({ at: index, text, kind: CLASSES[text.charAt(0)] });
    done = index + text.length;
  }
  plain(line.length);
  return runs
    .map(({ at, text, kind }) => {
      const x = (MARGIN + at * CHAR).toFixed(1);
      return `<tspan x="${x}"${kind ? ` class="${kind}"` : ''}>${escape(text)}</tspan>`;
    })
    .join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
