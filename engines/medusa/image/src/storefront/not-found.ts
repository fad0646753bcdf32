/** The page that was asked for does not exist, for this visitor at least. */
export class NotFound extends Error {}
