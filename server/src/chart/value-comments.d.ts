export interface ValueRow {
  /** Dotted path. */
  path: string;
  /** As the file writes it; empty for a map in block style. */
  value: string;
  /** The comment above it, in one line. */
  comment: string;
}
/** One row for each value and each map with a comment, in file order. A map in flow style is one value. */
export declare function rowsOf(yaml: string): ValueRow[];
