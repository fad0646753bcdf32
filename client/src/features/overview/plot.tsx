import { type ReactNode, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import styles from './overview.module.css';

const HEIGHT_PX = 200;
const DAY_S = 86_400;
/** Stepped, since counts stay the same until a store changes phase. */
const stepped = uPlot.paths.stepped?.({ align: 1 });

export interface PlotLine {
  label: string;
  values: readonly (number | null)[];
  /** A colour defined in tokens.css. */
  colour: `--${string}`;
  /** Draw points instead of a line, for series in which most values are missing. */
  points?: boolean;
}

interface PlotProps {
  /** Seconds since 1970. */
  times: readonly number[];
  lines: readonly PlotLine[];
  /** Text alternative for screen readers. */
  label: string;
}

export function Plot({ times, lines, label }: PlotProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const shape = lines.map((line) => line.label).join();

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const draw = (): void => {
      plot.current?.destroy();
      plot.current = new uPlot(toOptions(element, lines), toData(times, lines), element);
    };
    draw();
    const resized = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height: HEIGHT_PX }));
    resized.observe(element);
    // The canvas has the colours baked in, so redraw when the theme changes.
    const themed = new MutationObserver(draw);
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    return () => {
      resized.disconnect();
      themed.disconnect();
      dark.removeEventListener('change', draw);
      plot.current?.destroy();
      plot.current = undefined;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- new values alone are set below, without a redraw
  }, [shape]);

  useEffect(() => plot.current?.setData(toData(times, lines)), [times, lines]);

  return (
    <figure className={styles.plot}>
      <div ref={box} aria-hidden />
      <figcaption className="visually-hidden">{label}</figcaption>
    </figure>
  );
}

/** Formats a tick as `14:05`, or as the date at midnight. */
function formatTick(seconds: number): string {
  const at = new Date(seconds * 1000);
  const local = seconds - at.getTimezoneOffset() * 60;
  return local % DAY_S === 0
    ? at.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
    : at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

function toData(times: readonly number[], lines: readonly PlotLine[]): uPlot.AlignedData {
  return [[...times], ...lines.map(({ values }) => [...values])];
}

function toOptions(element: HTMLElement, lines: readonly PlotLine[]): uPlot.Options {
  const colour = (name: string): string => {
    element.style.color = `var(${name})`;
    const { color } = getComputedStyle(element);
    element.style.color = '';
    return color;
  };
  const [ink, line] = [colour('--ink-soft'), colour('--line')];
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  return {
    width: element.clientWidth,
    height: HEIGHT_PX,
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.1)] } },
    legend: { live: false },
    axes: [
      { ...axis, values: (_plot, splits) => splits.map(formatTick), space: 70 },
      { ...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
    ],
    series: [
      {},
      ...lines.map(({ label, colour: name, points = false }) => ({
        label,
        stroke: colour(name),
        width: 1.5,
        ...(points
          ? { paths: () => null, points: { show: true, size: 6, fill: colour(name) } }
          : { ...(stepped ? { paths: stepped } : {}), points: { show: false } }),
      })),
    ],
  };
}
