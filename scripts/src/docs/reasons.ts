/** `node scripts/src/docs/reasons.ts`: prints docs/reasons.md, generated from REASONS in contracts. */
import { REASONS } from '@shopyard/contracts';

export function reasonsPage(): string {
  const lines = Object.entries(REASONS)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([reason, { title, meaning, remedy, terminal }]) => {
      const failed = terminal ? ' The store is `Failed`.' : '';
      return `- **\`${reason}\`** (${title.toLowerCase()}): ${meaning}${failed}\n  ${remedy}`;
    });
  return `# Reasons

Why a store is not as it should be: \`reason\` in \`GET /stores/{id}\`, in the dashboard and in a store's history. The message
beside it names the object, the field and the remedy. Generated from \`contracts/src/reasons\` by
\`scripts/src/docs/reasons.ts\`.

${lines.join('\n')}
`;
}

if (import.meta.main) process.stdout.write(reasonsPage());
