import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type Compilable,
  type Generated,
} from 'kysely';
import type { Bigint, EvidenceTables } from './evidence-tables.js';
import type { Query } from './store-connection.js';

/** Tables of evidence that its writer reads, and nobody outside shared/evidence. */
interface StoreTables extends EvidenceTables {
  /** The end of each chain; `month` is that of its newest record. */
  'evidence.chain': {
    readonly writer: string;
    readonly home: 'folder' | 'database' | 'governance';
    readonly seq: Bigint;
    readonly hash: string;
    readonly month: Date | string | null;
  };
  'evidence.archive': { readonly month: Date | string };
  'evidence.item_set': { readonly id: Generated<number>; readonly digest: string };
}

/** Builds typed statements for a `Query`; it has no connection of its own. */
export const statements = new Kysely<StoreTables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** Runs a built statement in the transaction of a `Query`. */
export async function run<Row>(query: Query, statement: Compilable<Row>): Promise<readonly Row[]> {
  const { sql, parameters } = statement.compile();
  return (await query(sql, parameters)) as readonly Row[];
}
