import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type Row = Record<string, unknown>;
/** Runs a statement whose parameters are $1, $2, … in the order of `values`, each written once. */
export type Query = (sql: string, values?: readonly unknown[]) => Promise<Row[]>;

/** A transaction on the database of evidence. */
export interface StoreConnection {
  readonly query: Query;
  /** Runs `COPY … FROM STDIN` with rows in its text format; absent where rows come few at a time. */
  readonly copy?: (sql: string, rows: Iterable<string>) => Promise<void>;
}

/** A client of the driver's, within a transaction that its owner began. */
export const connectionOf = (client: ClientBase): StoreConnection => ({
  query: async (sql, values) => (await client.query<Row>(sql, values as unknown[])).rows,
  copy: (sql, rows) => pipeline(Readable.from(rows, { objectMode: false }), client.query(copyFrom(sql))),
});
