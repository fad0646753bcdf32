/** Says that something has changed, and never what: whoever listens looks for itself. */
export class Signal {
  readonly #listeners = new Set<() => void>();

  /** Returns a function that stops listening. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(): void {
    for (const listener of this.#listeners) listener();
  }
}
