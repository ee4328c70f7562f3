import type { DeclaredType } from '../declaration/index.js';
import type { ServiceAccess } from '../declaration/service-schema.js';
import type { ServiceType } from './service-type.js';

/** How long answers are kept, seconds. A resource that changes at any time is asked for each time. */
const KEPT_SECONDS: Readonly<Record<string, number>> = {
  DAILY: 600,
  MONTHLY: 3600,
  QUARTERLY: 3600,
  HALF_YEARLY: 3600,
  YEARLY: 3600,
};

/** A declared type as its rows are asked for.
 *  @param from  what the declaration says of the service; complete, since it was checked */
export function toServiceType(
  name: string,
  { items, keys, resource: { updateCycle = 'IRREGULAR' } }: DeclaredType,
  from: Partial<ServiceAccess>,
): ServiceType {
  const { calls = [], success = 'status', cacheSeconds = KEPT_SECONDS[updateCycle] ?? 0 } = from;
  return {
    name,
    items: Object.entries(items).map(([item, { at, column = item, type, required, values }]) => ({
      name: item,
      at: at ?? `/${column.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      type,
      required,
      values: values?.map(({ code }) => code),
    })),
    keys,
    access: { ...from, calls, success },
    keptMs: cacheSeconds * 1000,
  };
}
