/** Idempotency keys by request: pressing again, after whatever went wrong, sends the key of the first time. */
export class IdempotencyKeys {
  readonly #keys = new Map<string, string>();

  /** The same key for an equal request. */
  keyOf(request: object): string {
    const text = JSON.stringify(request);
    const known = this.#keys.get(text);
    if (known !== undefined) return known;
    const key = crypto.randomUUID();
    this.#keys.set(text, key);
    return key;
  }
}
