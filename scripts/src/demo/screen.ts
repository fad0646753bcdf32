/** Shows the demo: rows that change in place on a terminal, plain lines elsewhere. */
import { CONDITION_TYPES, type Store, toTerminalText } from '@shopyard/contracts';
import { print } from '../lib/script.ts';
import type { DemoStores } from './demo-stores.ts';

const STEPS = CONDITION_TYPES.length;

export interface Screen extends Disposable {
  /** Prints a permanent line above the rows. */
  note(text: string): void;
}

export function startScreen(stores: DemoStores): Screen {
  return process.stdout.isTTY ? terminal(stores) : lines(stores);
}

/** A row such as `■■■□□ Provisioning`: completed steps, then the phase. */
function rowOf(store: Store): string {
  const done = store.conditions.filter(({ status }) => status === 'True').length;
  return `  ${store.name.padEnd(20)} ${store.engine.padEnd(12)} ${'■'.repeat(done)}${'□'.repeat(STEPS - done)} ${store.phase.padEnd(13)} ${store.pods.ready}/${store.pods.total} pods`;
}

function terminal(stores: DemoStores): Screen {
  let drawn = 0;
  let open = true;
  const names: string[] = [];
  const draw = (): void => {
    if (!open) return;
    const rows = stores.rows.map((store, index) => {
      if (store) names[index] = store.name;
      return toTerminalText(store ? rowOf(store) : `  ${(names[index] ?? '').padEnd(20)} deleted`);
    });
    process.stdout.write(`${drawn > 0 ? `\u001B[${drawn}A` : ''}${rows.map((row) => `\u001B[2K${row}\n`).join('')}`);
    drawn = rows.length;
  };
  stores.onChange(draw);
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
      stores[Symbol.dispose]();
    },
  };
}

function lines(stores: DemoStores): Screen {
  const shown = new Map<number, string>();
  const names: string[] = [];
  stores.onChange(() => {
    stores.rows.forEach((store, index) => {
      if (store) names[index] = store.name;
      const row = store ? rowOf(store) : `  ${(names[index] ?? '').padEnd(20)} deleted`;
      if (shown.get(index) === row) return;
      shown.set(index, row);
      print(row);
    });
  });
  return { note: print, [Symbol.dispose]: () => stores[Symbol.dispose]() };
}
