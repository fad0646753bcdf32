/** Version that clients and logs show. */
export const VERSION = '0.1.0';
