/** The advanced values can't be read; its message says where. */
export class ValuesError extends Error {}
