/** Mail for the synthetic server: a file of JSON named by SYNTHETIC_MAILS, as a list of mails, newest first. */
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { type Mail, mailSchema } from '@shopyard/contracts';
import type { StoreService } from '@shopyard/contracts/services';

const FILE = process.env['SYNTHETIC_MAILS'];

export const hasMail = FILE !== undefined;

function readMails(): Mail[] {
  return FILE === undefined ? [] : mailSchema.array().parse(JSON.parse(readFileSync(FILE, 'utf8')));
}

export const watchMails: StoreService['watchMails'] = async function* (_id, { signal }) {
  yield { id: '1', data: { mails: readMails() } };
  if (!signal.aborted) await once(signal, 'abort');
};
