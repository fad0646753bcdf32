export interface ReasonSpec {
  /** Waiting can't help: somebody has to change something first. A finding may override it. */
  terminal: boolean;
  title: string;
  /** One or two sentences: what happened. */
  meaning: string;
  /** One or two sentences: what to do. */
  remedy: string;
}

export const RETRIES = 'There is nothing to do: Shopyard retries automatically.';
export const FIX_VALUES = "Correct the store's settings; the message names the field.";

export function spec(title: string, meaning: string, remedy: string): ReasonSpec {
  return { terminal: false, title, meaning, remedy };
}

export function terminalSpec(title: string, meaning: string, remedy: string): ReasonSpec {
  return { ...spec(title, meaning, remedy), terminal: true };
}
