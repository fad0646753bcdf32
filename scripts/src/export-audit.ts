/** `npm run export-audit`: prints the audit trail as JSON, one entry per line, oldest first. `-- N` begins after entry N. */
import { print, runScript, UsageError } from './lib/script.ts';

const PAGE = 500;

await runScript(async ({ trpc }, [from = '0']) => {
  if (!/^\d+$/.test(from)) throw new UsageError('npm run export-audit -- [NUMBER OF THE ENTRY TO BEGIN AFTER]');
  for (let after = Number(from); ;) {
    const { entries } = await trpc.access.audit.query({ after, limit: PAGE });
    for (const entry of entries) print(JSON.stringify(entry));
    after = entries.at(-1)?.seq ?? after;
    if (entries.length < PAGE) return;
  }
});
