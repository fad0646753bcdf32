import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatTime } from '../../lib/time.ts';
import { describeValues, formatValue } from './series.ts';
import styles from './home.module.css';

const HEIGHT_PX = 200;
const AXIS_PX = 44;
const DAY_S = 86_400;
/** Seconds between two ticks: a tick shows no seconds. */
const TICKS = [60, 300, 600, 1800, 3600, 7200, 14_400, 21_600, 43_200, DAY_S];
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
  /** Name of the plot for screen readers. */
  label: string;
  /** After each value, such as ` s`. */
  unit: string;
}

/** Lines over time. Pointer and arrow keys move over its times, and show the values there. */
export function Plot({ times, lines, label, unit }: PlotProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const [at, setAt] = useState<number>();
  const shape = lines.map((line) => line.label).join();

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const draw = (): void => {
      plot.current?.destroy();
      plot.current = new uPlot(toOptions(element, lines, setAt), toData(times, lines), element);
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

  const last = times.length - 1;
  const move = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') return show(plot.current, undefined);
    const next = { ArrowLeft: (at ?? last + 1) - 1, ArrowRight: (at ?? last - 1) + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    show(plot.current, Math.min(last, Math.max(0, next)));
  };
  const time = at === undefined ? undefined : times[at];
  return (
    <div className={styles.plot}>
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a native range has no room for a plot
        role="slider"
        tabIndex={0}
        aria-label={`${label}, over time`}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at ?? last}
        aria-valuetext={`${formatMoment(times[at ?? last] ?? 0)}: ${describeValues(lines, at ?? last, unit)}`}
        onKeyDown={move}
        onBlur={() => show(plot.current, undefined)}
      >
        <div ref={box} aria-hidden />
      </div>
      {at !== undefined && time !== undefined && (
        <Tip time={time} lines={lines} at={at} unit={unit} left={at / Math.max(1, last)} />
      )}
    </div>
  );
}

interface TipProps extends Pick<PlotProps, 'lines' | 'unit'> {
  time: number;
  at: number;
  /** Place from 0 to 1. */
  left: number;
}

/** The values at one time, beside it. Hidden from screen readers, which read them at the slider. */
function Tip({ time, lines, at, unit, left }: TipProps): ReactNode {
  const utc = new Date(time * 1000).toISOString().slice(11, 16);
  return (
    <div
      className={styles.tip}
      data-side={left > 0.5 ? 'left' : 'right'}
      style={{ insetInlineStart: toPlace(left) }}
      aria-hidden
    >
      <b>{formatMoment(time)}</b> <small>{utc} UTC</small>
      <ul>
        {lines.map(({ label, values, colour }) => {
          const value = values[at];
          return value === null || value === undefined ? undefined : (
            <li key={label}>
              <i style={{ background: `var(${colour})` }} />
              {label} <b>{formatValue(value) + unit}</b>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The axis takes the first pixels. */
const toPlace = (left: number): string => `calc(${AXIS_PX}px + (100% - ${AXIS_PX}px) * ${left})`;

/** Moves the cursor to a time, or away. The plot then reports where it is. */
function show(plot: uPlot | undefined, at: number | undefined): void {
  const time = at === undefined ? undefined : plot?.data[0][at];
  plot?.setCursor(time === undefined ? { left: -10, top: -10 } : { left: plot.valToPos(time, 'x'), top: 10 });
}

/** In the local time zone, as everywhere. */
function formatMoment(seconds: number): string {
  return formatTime(new Date(seconds * 1000).toISOString(), { now: Date.now() });
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

function toOptions(
  element: HTMLElement,
  lines: readonly PlotLine[],
  onCursor: (at: number | undefined) => void,
): uPlot.Options {
  const colour = (name: string): string => {
    element.style.color = `var(${name})`;
    const { color } = getComputedStyle(element);
    element.style.color = '';
    return color;
  };
  const [ink, line] = [colour('--ink-soft'), colour('--line')];
  const font = `12px ${getComputedStyle(element).fontFamily}`;
  const axis = { font, stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  return {
    width: element.clientWidth,
    height: HEIGHT_PX,
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.1)] } },
    legend: { live: false },
    hooks: { setCursor: [({ cursor }) => onCursor(cursor.idx ?? undefined)] },
    axes: [
      { ...axis, values: (_plot, splits) => splits.map(formatTick), space: 70, incrs: TICKS },
      { ...axis, size: AXIS_PX, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
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
