import {
  Connection,
  DatabaseDriver,
  EntitySchema,
  MikroORM,
  Platform,
  type Configuration,
  type EntityClass,
} from '@mikro-orm/core';
import { callerSignal } from '../database/index.js';
import { sourceUnavailable } from '../sources/source-fault.js';
import { itemsOf, meets, readQuestion, type Condition } from './condition.js';
import { UNFIT, type ServiceItem } from './read-item.js';
import { SourceFault } from '../sources/source-fault.js';
import type { ServiceRows } from './service-rows.js';
import { compareRows, type ServiceRow } from './service-type.js';

/** Rows of a service, with the class of their type in the graph. */
export interface ServiceEntity {
  readonly class: EntityClass<object>;
  readonly rows: ServiceRows;
}

/** The kit's database of a service. The kit's conditions, its row cuts among them, are put as questions to the service, and
 *  every row that comes is held against them here. */
export function serviceOrm(entities: readonly ServiceEntity[]): MikroORM {
  const schemas = entities.map(toEntitySchema);
  const orm = new MikroORM({
    entities: schemas,
    driver: ServiceDriver,
    driverOptions: new Map(entities.map((entity) => [entity.class, entity.rows])),
    dbName: 'service',
    ensureDatabase: false,
    metadataCache: { enabled: false },
    forceUndefined: true,
    debug: false,
    logger: () => undefined,
  });
  for (const { meta } of schemas) EntitySchema.REGISTRY.delete(meta.class);
  return orm;
}

interface Read {
  readonly fields?: readonly string[];
  readonly orderBy?: unknown;
  readonly limit?: number;
}

class ServiceDriver extends DatabaseDriver<NoConnection> {
  protected override readonly connection: NoConnection;
  protected override readonly platform = new ServicePlatform();
  private readonly rows: ReadonlyMap<unknown, ServiceRows>;

  constructor(config: Configuration) {
    super(config, []);
    this.rows = config.get('driverOptions') as unknown as ReadonlyMap<unknown, ServiceRows>;
    this.connection = new NoConnection(config);
  }

  override async find(entity: unknown, where: unknown, read: unknown = {}): Promise<never[]> {
    return (await this.read(entity, where as Condition, read as Read)) as never[];
  }

  override async findOne(entity: unknown, where: unknown, read: unknown = {}): Promise<never> {
    const [row] = await this.read(entity, where as Condition, { ...(read as Read), limit: 1 });
    return (row ?? null) as never;
  }

  private async read(entity: unknown, where: Condition, { fields = [], orderBy, limit }: Read): Promise<ServiceRow[]> {
    const rows = this.rows.get(entity);
    if (!rows) throw new Error('These are no rows of a service.');
    const order = orderOf(orderBy);
    const wanted = new Set([...fields, ...itemsOf(where), ...order.items]);
    const [key = []] = rows.type.keys;
    const isByKey = order.items.length > 0 && order.items.every((item, at) => item === key[at]) && !order.isDescending;
    try {
      const found = await rows.find(readQuestion(where), {
        wanted,
        keep: (row) => meets(where, row),
        enough: isByKey ? limit : undefined,
        signal: callerSignal(),
      });
      if (order.items.length > 0)
        found.sort((one, other) => compareRows(order.items, one, other) * (order.isDescending ? -1 : 1));
      return found.slice(0, limit).map(refuseUnfit);
    } catch (error) {
      throw error instanceof SourceFault ? sourceUnavailable(error) : error;
    }
  }

  override nativeInsert = refuseWriting;
  override nativeInsertMany = refuseWriting;
  override nativeUpdate = refuseWriting;
  override nativeDelete = refuseWriting;
  override count = refuseWriting;
  override async *stream(): AsyncGenerator<never> {
    yield await refuseWriting();
  }
}

async function refuseWriting(): Promise<never> {
  throw new Error('The rows of a service are only found.');
}

/** The kit's fields throw an error that stands for a value. */
const refuseUnfit = (row: ServiceRow): ServiceRow => {
  for (const [item, value] of Object.entries(row)) if (value === UNFIT) row[item] = sourceUnavailable();
  return row;
};

function orderOf(orderBy: unknown): { readonly items: readonly string[]; readonly isDescending: boolean } {
  const parts = (Array.isArray(orderBy) ? orderBy : [orderBy ?? {}]) as Readonly<Record<string, unknown>>[];
  const entries = parts.flatMap((part) => Object.entries(part));
  return {
    items: entries.map(([item]) => item),
    isDescending: entries.some(([, order]) => /^desc/i.test(String(order))),
  };
}

/** The kit tells whole numbers from texts by it; by any other type the ORM would change values. */
const columnOf = ({ type }: ServiceItem): string => (type === 'Int' ? 'integer' : 'text');

function toEntitySchema({ class: rowClass, rows }: ServiceEntity): EntitySchema {
  const { items, keys, name } = rows.type;
  return new EntitySchema({
    class: rowClass as new () => object,
    tableName: name,
    properties: Object.fromEntries(
      items.map((item) => {
        const property = {
          type: 'any',
          columnTypes: [columnOf(item)],
          nullable: !item.required,
          ...(keys[0]?.includes(item.name) && { primary: true }),
        };
        return [item.name, property];
      }),
    ),
  }) as never;
}

class ServicePlatform extends Platform {}

/** Calls are made when rows are read, so there is nothing to connect. */
class NoConnection extends Connection {
  override connect(): void {
    this.connected = true;
  }
  override async isConnected(): Promise<boolean> {
    return true;
  }
  override async checkConnection(): Promise<{ ok: true }> {
    return { ok: true };
  }
  override execute = refuseWriting;
}
