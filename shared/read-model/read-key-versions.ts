import pg from 'pg';
import type { KeyVersion, KeyVersions } from '../trust/subgraph-keys.js';

type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** A row is a rotation: the key before it holds until the end of the overlap. */
const KEYS_SQL = `
  select subgraph, number, (extract(epoch from overlap_ends_at) * 1000)::float8 as ends
    from subgraph_key order by subgraph, number desc`;

/** Reads which keys there are of the subgraphs whose key was ever rotated. */
export async function readKeyVersions(query: Query): Promise<KeyVersions> {
  const rows = Map.groupBy(await query(KEYS_SQL), ({ subgraph }) => String(subgraph));
  return new Map([...rows].map(([subgraph, rotations]) => [subgraph, versionsOf(rotations)]));
}

/** @param rotations  of one subgraph, newest first */
const versionsOf = (rotations: readonly Readonly<Record<string, unknown>>[]): KeyVersion[] => [
  { number: Number(rotations[0]!['number']) },
  ...rotations.map(({ number, ends }) => ({ number: Number(number) - 1, until: Number(ends) })),
];

/** Reads them over a connection of its own each time.
 *  @param url  of the governance database
 *  @returns    the reader; where the hub was never started, no key was rotated */
export const keyVersionsAt =
  (url: string): (() => Promise<KeyVersions>) =>
  async () => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
    try {
      await client.connect();
      return await readKeyVersions(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows);
    } catch (error) {
      if (NEVER_STARTED.has((error as { code?: string }).code ?? '')) return new Map();
      throw error;
    } finally {
      await client.end();
    }
  };
/** There is no such database, or no such table in it. */
const NEVER_STARTED: ReadonlySet<string> = new Set(['3D000', '42P01']);
