/** Emulates the terminal features that `npm run demo` uses: lines, cursor up, erase line, erase below. Pure. */

/** One step of the output: a new line, a control sequence, or text. */
// oxlint-disable-next-line no-control-regex -- this reads control sequences
const STEPS = /\n|\r|\u001B\[(\d*)([A-Za-z])|[^\n\r\u001B]+/g;

export class Terminal {
  readonly #lines: string[] = [''];
  #row = 0;

  /** Applies output of whole lines, as the demo writes them. */
  write(output: string): void {
    for (const [text, count = '', command] of output.matchAll(STEPS)) {
      if (text === '\n') this.#row += 1;
      else if (command === 'A') this.#row = Math.max(0, this.#row - Number(count || 1));
      else if (command === 'K') this.#lines[this.#row] = '';
      else if (command === 'J') this.#lines.length = this.#row;
      else if (command === undefined && text !== '\r') this.#lines[this.#row] = text;
      this.#lines[this.#row] ??= '';
    }
  }

  /** The lines on screen, without trailing empty ones. */
  get lines(): string[] {
    const last = this.#lines.findLastIndex((line) => line !== '');
    return this.#lines.slice(0, last + 1);
  }
}
