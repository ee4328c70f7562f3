import type { DeclaredItem, DeclaredPull, DeclaredType } from '../declaration/index.js';
import { valueAtPointer } from '../services/json-pointer.js';
import type { ConnectedServices } from '../services/connected-services.js';
import { readItem, UNFIT } from '../services/read-item.js';
import { toServiceType } from '../services/to-service-type.js';
import type { ConnectedSources } from '../sources/connected-sources.js';
import { toConnectedTable } from '../sources/to-connected-table.js';
import { nameClass } from '../subgraph/index.js';
import { rowsBehind } from '../subgraph/keyset.js';
import { formatSince } from './watermark.js';

/** A row as its source has it, by item: what is wrong with it, the loader says. */
export type PulledRow = Readonly<Record<string, unknown>>;
export interface PullSources {
  readonly services: ConnectedServices;
  readonly databases: ConnectedSources;
  /** IANA name. */
  readonly timeZone: string;
}
export interface PullOrder {
  readonly department: string;
  /** Name of the type. */
  readonly name: string;
  readonly type: DeclaredType;
  readonly pull: DeclaredPull;
  /** Changes from then on are read, ms since the epoch; all rows where absent. */
  readonly since?: number | undefined;
}

/** Reads the rows of a pull in batches, so that memory stays flat.
 *  @throws SourceFault, or HubError SOURCE_UNAVAILABLE that it is the cause of */
export const readSource = (
  sources: PullSources,
  order: PullOrder,
  signal: AbortSignal,
): AsyncGenerator<readonly PulledRow[], void, void> =>
  order.pull.service === undefined ? readTable(sources, order, signal) : readService(sources, order, signal);

async function* readService(
  { services, timeZone }: PullSources,
  { department, name, type, pull, since }: PullOrder,
  signal: AbortSignal,
): AsyncGenerator<readonly PulledRow[], void, void> {
  const serviceType = toServiceType(name, type, pull);
  const rows = services.rows({ department, name: pull.service! }, serviceType);
  const [call] = serviceType.access.calls;
  const fillings = new Map(
    since === undefined || !pull.watermark ? [] : [['$since', formatSince(since, pull.watermark.format, timeZone)]],
  );
  for await (const page of rows.pages(call!, fillings, signal))
    yield page.rows.map((raw) =>
      Object.fromEntries(
        serviceType.items.map((item) => {
          const value = valueAtPointer(raw, item.at) ?? null;
          const read = readItem({ ...item, required: false }, value, timeZone);
          return [item.name, read === UNFIT ? value : read];
        }),
      ),
    );
}

/** Rows of one statement. */
const BATCH = 5_000;

async function* readTable(
  { databases }: PullSources,
  { department, name, type, pull, since }: PullOrder,
  signal: AbortSignal,
): AsyncGenerator<readonly PulledRow[], void, void> {
  const rowClass = nameClass(name) as new () => object;
  const opened = await databases.open({ department, name: pull.database! }, [
    { class: rowClass, table: toConnectedTable(name, type, pull.table!) },
  ]);
  try {
    const [key = []] = type.keys;
    const orderBy = Object.fromEntries(key.map((item) => [item, 'asc' as const]));
    const changed =
      since === undefined || !pull.watermark
        ? []
        : [{ [pull.watermark.item]: { $gte: sinceValue(since, type.items[pull.watermark.item]!) } }];
    let last: PulledRow | undefined;
    for (;;) {
      signal.throwIfAborted();
      const behind = last
        ? rowsBehind(
            key,
            key.map((item) => last![item]),
            'asc',
          )
        : [];
      const rows = (await opened.database.em.fork().find(
        rowClass,
        { $and: [...changed, ...behind] },
        {
          orderBy: orderBy as never,
          limit: BATCH,
          disableIdentityMap: true,
        },
      )) as PulledRow[];
      if (rows.length > 0) yield rows.map((row) => ({ ...row }));
      if (rows.length < BATCH) return;
      last = rows.at(-1)!;
    }
  } finally {
    await opened.close();
  }
}

const sinceValue = (since: number, { type }: DeclaredItem): Date | string =>
  type === 'Date' ? new Date(since).toISOString().slice(0, 10) : new Date(since);
