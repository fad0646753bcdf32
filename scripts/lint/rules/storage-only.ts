/** Only storage/sqlite reads and writes rows: all other rooms get parsed records. */
import { importsOf } from '../imports.ts';
import type { Rule } from '../source.ts';

export const storageOnly: Rule = ({ file, text }) =>
  file.startsWith('server/src/storage/sqlite/') || !importsOf(text).includes('kysely')
    ? []
    : [`${file}: kysely is imported in server/src/storage/sqlite only`];
