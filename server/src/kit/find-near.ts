/** Finds the word that somebody probably meant. Pure. */

/** One change per four letters still counts as a slip of the keyboard. */
const LETTERS_PER_SLIP = 4;
/** Longer words are nobody's slip, and their distance takes long to compute. */
const MAX_LETTERS = 60;

/** The nearest of `known`, whatever its case; `undefined` if none is near. */
export function findNear(word: string, known: readonly string[]): string | undefined {
  if (word.length > MAX_LETTERS) return undefined;
  const allowed = Math.max(1, Math.floor(word.length / LETTERS_PER_SLIP));
  const rated = known.map((name) => ({ name, distance: distanceOf(word.toLowerCase(), name.toLowerCase()) }));
  const [nearest] = rated.toSorted((a, b) => a.distance - b.distance);
  return nearest && nearest.distance <= allowed ? nearest.name : undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function distanceOf(one: string, other: string): number {
  let [before, above]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (above[j - 1] ?? 0) + Number(one[i - 1] !== other[j - 1]);
      const least = Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const isSwap = j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row.push(isSwap ? Math.min(least, (before[j - 2] ?? 0) + 1) : least);
    }
    [before, above] = [above, row];
  }
  return above[other.length] ?? 0;
}
