/** Passwords: which are good enough, and how they are kept. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { SignInLimit } from './sign-in-limit.ts';

const derive = promisify(argon2);

/** About 70 ms and 19 MiB each. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const SALT_BYTES = 16;
/** More at once would take the memory and the processors that stores need. */
const AT_ONCE = 2;
const MIN_DIFFERENT = 5;

/** Long enough, and still among the first that everybody tries. */
const WORST = [
  'password1234',
  'passwordpassword',
  'qwertyuiop12',
  'qwertyuiopas',
  'qwerty123456',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  '123456789012',
  '123456789abc',
  'abcdefghijkl',
  'administrator',
  'changemechangeme',
  'letmeinletmein',
  'iloveyou1234',
  'welcome12345',
  'shopyardshopyard',
  'correct horse battery staple',
];

export interface Passwords {
  /** In PHC form, with a salt of its own. */
  hash(password: string): Promise<string>;
  /** Takes the same time for a hash that is missing. Counts wrong ones. Throws TooManyRequestsError. */
  verify(password: string, hash: string | undefined, whose: { name: string; address: string }): Promise<boolean>;
}

export function createPasswords(limit: SignInLimit): Passwords {
  const slots = new Slots(AT_ONCE);
  const tagOf = (password: string, nonce: Buffer): Promise<Buffer> =>
    slots.run(() => derive('argon2id', { message: password.normalize('NFKC'), nonce, ...COST }));
  const nobody = toPhc(randomBytes(SALT_BYTES), randomBytes(COST.tagLength));
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      return toPhc(salt, await tagOf(password, salt));
    },
    async verify(password, hash = nobody, { name, address }) {
      await limit.attempt(name, address);
      const { salt, tag } = parsePhc(hash);
      const isRight = timingSafeEqual(await tagOf(password, salt), tag);
      if (isRight) await limit.succeeded(name, address);
      return isRight;
    },
  };
}

/** Why the password is too easily guessed, as an instruction; `undefined` if it is good enough. */
export function passwordProblem(password: string, name: string): string | undefined {
  const text = password.toLowerCase();
  if (new Set(text).size < MIN_DIFFERENT) return `use at least ${MIN_DIFFERENT} different characters`;
  if (WORST.includes(text) || WORST.some((worst) => text.replace(/[\d!.]+$/, '') === worst))
    return 'choose another password: this one is among the first that attackers try';
  if (text.replaceAll(name.toLowerCase(), '').length < MIN_DIFFERENT) return 'use more than your name';
  return undefined;
}

function toPhc(salt: Buffer, tag: Buffer): string {
  const { memory, passes, parallelism } = COST;
  const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(salt)}$${text(tag)}`;
}

/** Of a hash that `toPhc` made. */
function parsePhc(hash: string): { salt: Buffer; tag: Buffer } {
  const [salt = '', tag = ''] = hash.split('$').slice(-2);
  return { salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') };
}

/** Runs so many at once; others wait their turn. */
class Slots {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
