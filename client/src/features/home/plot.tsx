import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { actOf, type KeyActs, type KeyOf } from '../../lib/shortcuts.ts';
import { formatDayOrClock, formatTime } from '../../lib/time.ts';
import { timeTicks, toLabels, type Unit, valueTicks } from './plot-ticks.ts';
import { describeValues, formatValue } from './series.ts';
import styles from './home.module.css';

const HEIGHT_PX = 200;
const AXIS_PX = 44;
/** A tick of the axis of times takes so much room. */
const TICK_PX = 70;
const MAX_VALUE_STEPS = 5;
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
  unit: Unit;
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
      plot.current = new uPlot(toOptions(element, lines, { unit, onCursor: setAt }), toData(times, lines), element);
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
    const moveTo = (next: number) => () => show(plot.current, Math.min(last, Math.max(0, next)));
    const acts: KeyActs<KeyOf<'plot'>> = {
      ArrowLeft: moveTo((at ?? last + 1) - 1),
      ArrowRight: moveTo((at ?? last - 1) + 1),
      Home: moveTo(0),
      End: moveTo(last),
      Escape: () => show(plot.current, undefined),
    };
    const act = actOf(acts, event.key);
    if (!act) return;
    if (event.key !== 'Escape') event.preventDefault();
    act();
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
              {label} <b>{formatValue(value, unit)}</b>
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

function toData(times: readonly number[], lines: readonly PlotLine[]): uPlot.AlignedData {
  return [[...times], ...lines.map(({ values }) => [...values])];
}

function toOptions(
  element: HTMLElement,
  lines: readonly PlotLine[],
  { unit, onCursor }: Pick<PlotProps, 'unit'> & { onCursor: (at: number | undefined) => void },
): uPlot.Options {
  const colour = (name: string): string => {
    element.style.color = `var(${name})`;
    const { color } = getComputedStyle(element);
    element.style.color = '';
    return color;
  };
  const [ink, line] = [colour('--ink-soft'), colour('--line')];
  const font = `12px ${getComputedStyle(element).fontFamily}`;
  const rise = (max: number): number[] => valueTicks(max, unit, MAX_VALUE_STEPS);
  const axis = { font, stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  return {
    width: element.clientWidth,
    height: HEIGHT_PX,
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { y: { range: (_plot, _min, max) => [0, rise(max).at(-1) ?? 1] } },
    legend: { live: false },
    hooks: { setCursor: [({ cursor }) => onCursor(cursor.idx ?? undefined)] },
    axes: [
      {
        ...axis,
        splits: ({ width, scales: { x } }) =>
          timeTicks(x?.min ?? 0, x?.max ?? 0, Math.max(1, Math.floor(width / TICK_PX))),
        values: (_plot, splits) => splits.map((tick) => formatDayOrClock(tick * 1000)),
      },
      {
        ...axis,
        size: AXIS_PX,
        splits: ({ scales: { y } }) => rise(y?.max ?? 1),
        values: (_plot, splits) => toLabels(splits, unit),
      },
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
