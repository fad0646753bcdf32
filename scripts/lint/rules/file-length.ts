/** Keeps files short enough to read in one go. */
import type { Rule } from '../source.ts';

const MAX = 250;
/** A longer file does more than wiring. */
const MAX_IN_COMPOSE = 80;

export const fileLength: Rule = ({ file, text }) => {
  const max = file.startsWith('server/src/compose/') ? MAX_IN_COMPOSE : MAX;
  const lines = text.trimEnd().split('\n').length;
  return lines > max ? [`${file}: ${lines} lines, at most ${max}`] : [];
};
