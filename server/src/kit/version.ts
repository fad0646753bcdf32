/** This release, as clients and logs see it. */
export const VERSION = '0.1.0';
