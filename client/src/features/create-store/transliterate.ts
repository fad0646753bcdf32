/** Writes titles of Latin, Cyrillic and Greek script with the letters a-z. Other scripts are left as they are. */

/** Letters that Unicode does not take apart, or that people write differently than without their marks. */
const LATIN = 'ä:ae ö:oe ü:ue ß:ss æ:ae ø:o å:aa œ:oe ł:l đ:d ð:d þ:th ħ:h ı:i ŋ:n ĳ:ij';
const CYRILLIC =
  'а:a б:b в:v г:g д:d е:e ё:yo ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh ' +
  'щ:shch ъ: ы:y ь: э:e ю:yu я:ya і:i ї:yi є:ye ґ:g ў:u ј:j љ:lj њ:nj ћ:c ђ:dj џ:dz ѓ:gj ќ:kj ѕ:dz';
const GREEK = 'α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:y φ:f χ:ch ψ:ps ω:o';

const LETTERS: ReadonlyMap<string, string> = new Map(
  `${LATIN} ${CYRILLIC} ${GREEK}`.split(' ').map((pair) => {
    const [letter = '', latin = ''] = pair.split(':');
    return [letter, latin];
  }),
);

/** Lower case. Letters of other scripts, digits and signs stay. */
export function transliterate(text: string): string {
  const letters = write(text.normalize('NFC').toLowerCase());
  // A letter such as ά is in the table without its mark only.
  return write(letters.normalize('NFKD').replaceAll(/\p{M}/gu, ''));
}

const write = (text: string): string => text.replaceAll(/\p{L}/gu, (letter) => LETTERS.get(letter) ?? letter);
