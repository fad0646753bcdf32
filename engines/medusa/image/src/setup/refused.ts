/** The values don't fit the database, whatever is tried again. `message`: a clause that says what fits. */
export class Refused extends Error {}
