/** A store's values. Changes nothing. */
import type { StoreService } from '@shopyard/contracts/services';
import { redactValues } from '../../domain/redact-values.ts';
import { helmValuesOf } from '../../domain/store.ts';
import { requireKnown } from './known-store.ts';
import type { ValueChecks } from './refuse-values.ts';

export function createStoreSettings(checks: ValueChecks): Pick<StoreService, 'values'> {
  return {
    async values(id) {
      const { record, chart } = await requireKnown(checks, id);
      const effective = chart.toEffective(helmValuesOf(record));
      return { generation: record.generation, own: redactValues(record.values), effective: redactValues(effective) };
    },
  };
}
