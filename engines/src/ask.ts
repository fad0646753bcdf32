/** Building blocks for checking a shop: requests, and what is found to be missing. */
import { finding, type Finding, type Reason } from '@shopyard/contracts';

export interface Answer {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Sends one request to the shop at its own URL; a POST if it has a body. Rejects if the shop does not answer. */
export type Ask = (path: string, init?: { body?: object; headers?: Record<string, string> }) => Promise<Answer>;

export type Verdict =
  | {
      /** One sentence about what was seen. */
      saw: string;
      /** `Answers`: it answers, and need not sell. */
      reason: 'Orderable' | 'Answers';
    }
  | {
      /** A message without initial capital or full stop. */
      missing: Finding;
      /** The shop does not work, whatever its merchant chose. */
      isBroken: boolean;
    };

/** `message`: a sentence without initial capital or full stop. */
class Missing extends Error {
  readonly reason: Reason;
  readonly isBroken: boolean;

  constructor(reason: Reason, message: string, isBroken: boolean) {
    super(message);
    this.reason = reason;
    this.isBroken = isBroken;
  }
}

/** The shop does not work. */
export const notVerified = (reason: Reason, message: string): Error => new Missing(reason, message, true);

/** The shop works but does not sell: an error in a new store, possibly the merchant's choice in an old one. */
export const doesNotSell = (reason: Reason, message: string): Error => new Missing(reason, message, false);

/** Runs the checks of `visit`, which throws what these two functions make. */
export async function toVerdict(ask: Ask, visit: (ask: Ask) => Promise<Verdict>): Promise<Verdict> {
  const answering: Ask = async (path, init) => {
    try {
      return await ask(path, init);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw notVerified('NoAnswer', `${path} does not answer: ${why}`);
    }
  };
  try {
    return await visit(answering);
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    return { missing: finding(error.reason, error.message, false), isBroken: error.isBroken };
  }
}

/**
 * Body of a public page. `isClosed`: whether an answer other than 200 means that the shop is closed to visitors, rather
 * than broken.
 */
export async function page(ask: Ask, path: string, isClosed: (status: number) => Promise<boolean>): Promise<string> {
  const { status, body } = await ask(path);
  if (status === 200) return body;
  const [shown = path] = path.split('?');
  if (await isClosed(status)) throw doesNotSell('ClosedToVisitors', `${shown} answers ${status} to a visitor`);
  throw notVerified('PageFails', `${shown} answers ${status}`);
}

/** Checks that a page names the product. */
export function assertShown(body: string, { path, product }: { path: string; product: { name: string } }): void {
  if (!body.includes(product.name)) throw doesNotSell('ProductNotShown', `${path} does not show ${product.name}`);
}
