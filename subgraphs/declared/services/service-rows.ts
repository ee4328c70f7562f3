import { toServiceType } from '../../../shared/services/to-service-type.js';
import type { ConnectedServices } from '../../../shared/services/connected-services.js';
import type { RowsOf } from '../rows.js';

/** Rows that services of departments give. */
export const serviceRows = (services: ConnectedServices): RowsOf => ({
  kind: 'service',
  async open({ declaration: { department } }, wanted) {
    return [...Map.groupBy(wanted, ({ type }) => type.from.service!)].map(([name, types]) => {
      const database = services.open(
        { department, name },
        types.map(({ name: typeName, type, class: rowClass }) => ({
          class: rowClass as never,
          type: toServiceType(typeName, type, type.from),
        })),
      );
      return { database, close: () => database.close(true) };
    });
  },
});
