import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { DatabaseKind } from './registered-source.js';
import { SourceFault, sourceUnavailable } from './source-fault.js';
import type { SourceRow } from './source-pool.js';

/** A source as the ORM reads it. */
export interface ReadableSource {
  readonly kind: DatabaseKind;
  query(sql: string, values: readonly unknown[]): Promise<SourceRow[]>;
}

/** The ORM's way to a source: it reads, and can do nothing else. */
export function sourceDialect(source: ReadableSource): Dialect {
  const driver = new ReadingDriver(source);
  return source.kind === 'POSTGRESQL'
    ? {
        createDriver: () => driver,
        createAdapter: () => new PostgresAdapter(),
        createQueryCompiler: () => new PostgresQueryCompiler(),
        createIntrospector: (db) => new PostgresIntrospector(db),
      }
    : {
        createDriver: () => driver,
        createAdapter: () => new MysqlAdapter(),
        createQueryCompiler: () => new MysqlQueryCompiler(),
        createIntrospector: (db) => new MysqlIntrospector(db),
      };
}

/** Hands statements on to the source, which takes a connection for each. */
class ReadingDriver implements Driver {
  private readonly connection: DatabaseConnection;

  constructor(source: ReadableSource) {
    this.connection = {
      executeQuery: async <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => {
        if (!/^\s*select\s/i.test(sql)) throw refuseWriting();
        try {
          return { rows: (await source.query(sql, parameters)) as R[] };
        } catch (error) {
          throw error instanceof SourceFault ? sourceUnavailable(error) : error;
        }
      },
      streamQuery: () => {
        throw refuseWriting();
      },
    };
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.connection;
  }
  async beginTransaction(): Promise<void> {
    throw refuseWriting();
  }
  async commitTransaction(): Promise<void> {
    throw refuseWriting();
  }
  async rollbackTransaction(): Promise<void> {
    throw refuseWriting();
  }
  async releaseConnection(): Promise<void> {}
  /** Whoever opened the source closes it. */
  async destroy(): Promise<void> {}
}

const refuseWriting = () => new Error('A source is only read, statement by statement.');
