/** Secrets that the server hands out, and the digests by which it knows them again. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, as text for headers, cookies and addresses. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256. Enough for what is random: nobody can try all secrets. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
