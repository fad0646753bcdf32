/** Makes a store's name from its title. Pure. */
import { storeNameProblem } from '@shopyard/contracts';
import { transliterate } from './transliterate.ts';

const MAX = 40;
/** Cut between words if more than this remains. */
const LEAST = 20;

/** A name that a store may have, such as `kaffee-tee` for "Kaffee & Tee"; empty if the title has no letter a-z or digit. */
export function nameFromTitle(title: string): string {
  const words = transliterate(title)
    .replaceAll(/['’`]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  if (words === '') return '';
  const name = shorten(words);
  // One letter, or reserved.
  return storeNameProblem(name) === undefined ? name : `${name}-shop`;
}

function shorten(words: string): string {
  if (words.length <= MAX) return words;
  const cut = words.slice(0, MAX + 1);
  const between = cut.lastIndexOf('-');
  return (between > LEAST ? cut.slice(0, between) : cut.slice(0, MAX)).replace(/-$/, '');
}
