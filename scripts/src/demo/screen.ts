/** Draws the demo: rows that change in place on a terminal, plain lines elsewhere. */
import { CONDITION_TYPES, type Store, toTerminalText } from '@shopyard/contracts';
import { print } from '../lib/script.ts';
import type { DemoBoard } from './board.ts';

const STEPS = CONDITION_TYPES.length;

export interface Screen extends Disposable {
  /** A line above the rows that stays. */
  note(text: string): void;
}

export function startScreen(board: DemoBoard): Screen {
  return process.stdout.isTTY ? terminal(board) : lines(board);
}

/** `■■■□□ Provisioning`: steps done, and the phase. */
function rowOf(store: Store): string {
  const done = store.conditions.filter(({ status }) => status === 'True').length;
  return `  ${store.name.padEnd(20)} ${'■'.repeat(done)}${'□'.repeat(STEPS - done)} ${store.phase.padEnd(13)} ${store.pods.ready}/${store.pods.total} pods`;
}

function terminal(board: DemoBoard): Screen {
  let drawn = 0;
  let open = true;
  const names: string[] = [];
  const draw = (): void => {
    if (!open) return;
    const rows = board.rows.map((store, index) => {
      if (store) names[index] = store.name;
      return toTerminalText(store ? rowOf(store) : `  ${(names[index] ?? '').padEnd(20)} deleted`);
    });
    process.stdout.write(`${drawn > 0 ? `\u001B[${drawn}A` : ''}${rows.map((row) => `\u001B[2K${row}\n`).join('')}`);
    drawn = rows.length;
  };
  board.onChange(draw);
  return {
    note(text) {
      process.stdout.write(`${drawn > 0 ? `\u001B[${drawn}A` : ''}\u001B[J${toTerminalText(text)}\n`);
      drawn = 0;
      draw();
    },
    [Symbol.dispose]() {
      if (!open) return;
      draw();
      open = false;
      board[Symbol.dispose]();
    },
  };
}

function lines(board: DemoBoard): Screen {
  const shown = new Map<number, string>();
  const names: string[] = [];
  board.onChange(() => {
    board.rows.forEach((store, index) => {
      if (store) names[index] = store.name;
      const row = store ? rowOf(store) : `  ${(names[index] ?? '').padEnd(20)} deleted`;
      if (shown.get(index) === row) return;
      shown.set(index, row);
      print(row);
    });
  });
  return { note: print, [Symbol.dispose]: () => board[Symbol.dispose]() };
}
