/** Names of the columns that can be chosen, in their order. */
export const COLUMN_IDS = ['labels', 'namespace', 'pods', 'url', 'engine', 'versions', 'by', 'age'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];
