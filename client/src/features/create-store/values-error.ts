/** The advanced values are invalid. The message is shown to the user. */
export class ValuesError extends Error {}
