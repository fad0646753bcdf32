/** Looks up records in Medusa. */
import type { Scope } from '@medusajs/framework';

interface Query {
  /** Medusa's name of it. */
  entity: string;
  filters?: object;
  fields?: string[];
}

export async function find(scope: Scope, query: Query): Promise<Record<string, unknown> | undefined> {
  const { data } = await scope.resolve('query').graph({ fields: ['id'], ...query });
  return data[0];
}

/** Rejects if there is none. */
export async function first(scope: Scope, query: Query): Promise<Record<string, unknown>> {
  const found = await find(scope, query);
  if (!found) throw new Error(`Medusa has no ${query.entity}`);
  return found;
}
