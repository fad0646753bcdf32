/** The chart that a store is made with, and kept at until somebody asks for another. Pure. */
import { z } from 'zod';

export const chartPinSchema = z.object({
  version: z.string().regex(/^\d[\w.+-]{0,60}$/),
  /** SHA-256 of its files, in hexadecimal; absent for stores from before there were pins. */
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export type ChartPin = z.infer<typeof chartPinSchema>;

/** A pin that names one chart. */
export interface FullPin extends ChartPin {
  digest: string;
}

/** A store, as far as it says which chart it needs. */
export interface Pinned {
  engine: string;
  chart?: ChartPin | undefined;
}

const PIN_PATTERN = /^(?<version>\d[\w.+-]{0,60})(?: sha256:(?<digest>[0-9a-f]{64}))?$/;

/** `0.1.0 sha256:…`, for an annotation. */
export function formatPin({ version, digest }: ChartPin): string {
  return digest === undefined ? version : `${version} sha256:${digest}`;
}

/** `undefined` for text that is no pin. */
export function parsePin(text: string | undefined): ChartPin | undefined {
  const { version, digest } = PIN_PATTERN.exec(text ?? '')?.groups ?? {};
  if (version === undefined) return undefined;
  return digest === undefined ? { version } : { version, digest };
}

/** Whether a chart is the one that a pin names. */
export function isPinned({ version, digest }: ChartPin, chart: ChartPin): boolean {
  return version === chart.version && (digest === undefined || digest === chart.digest);
}
