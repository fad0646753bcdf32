/** What the embedded cluster runs an engine's stores with, in place of a simulation. */

/** This machine, as far as an engine needs it to find its code. */
export interface CodePlaces {
  /** Shopyard's cache. */
  cache: string;
  /** The operator's variables; none is empty. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Makes a path absolute. */
  at: (path: string) => string;
  exists: (path: string) => boolean;
  /** Whether a program is among those that can be started by name. */
  hasProgram: (name: string) => boolean;
  /** Kind of machine, such as `linux-x64`. */
  machine: string;
}

export interface EngineNotice {
  /** For people: sentences, with the remedy. */
  text: string;
  isUnavailable: boolean;
}

export interface FoundCode {
  /** Options of its runtime. Absent: its stores are simulated, or can't be had. */
  options?: object;
  /** What is to know before its first store. */
  notice?: EngineNotice;
  /** Files without which its stores are simulated. */
  missing: readonly string[];
}
