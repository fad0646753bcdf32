/** Makes untrusted text safe to print on a terminal. */

/** Both spellings of the introducers: ESC and a letter, or one C1 control. */
const STRING_START = String.raw`(?:\x1B[\]PX^_]|[\x90\x98\x9D-\x9F])`;
const STRING_END = String.raw`(?:\x07|\x1B\\|\x9C)`;
/** Excludes characters that start a sequence, so that text full of unfinished ones takes linear time. */
const STRING = String.raw`${STRING_START}[^\x07\x1B\x90\x98\x9C-\x9F]*${STRING_END}`;
const CSI = String.raw`(?:\x1B\[|\x9B)[0-?]{0,64}[ -\/]{0,8}[@-~]`;
const SHORT = String.raw`\x1B[ -\/]{0,8}[0-OQ-WYZ\\\x60-~]`;
const SEQUENCES = new RegExp(`${STRING}|${CSI}|${SHORT}`, 'g');

const SPACES = /\r?\n|\t/g;
const CONTROLS = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/**
 * Returns one line that can't move the cursor, set a title or forge another line. Removes escape sequences, replaces
 * line breaks and tabs with spaces, and other control and bidirectional control characters with U+FFFD.
 */
export function toTerminalText(text: string): string {
  return text.replaceAll(SEQUENCES, '').replaceAll(SPACES, ' ').replaceAll(CONTROLS, '\uFFFD');
}
