/** Characters of a password at least. Apart from the schemas, so that the dashboard can say it without them. */
export const MIN_PASSWORD = 12;
