import type pg from 'pg';
import { openPool } from '../../shared/database/index.js';
import { parseDeclaration, type Declaration } from '../../shared/declaration/index.js';
import { declaredAddress } from '../../shared/read-model/declared-address.js';
import { LIBRARY_NAMES, loadLibraryRows, readLibrary, type LibraryName } from './library-files.js';
import type { SampleRow } from './sample/rows.js';

/** The process of declared resources keeps their tables; this is what it lets others do with them. */
export interface HostedTables {
  readonly findEmptyHosted: (pool: pg.Pool, declarations: readonly Declaration[]) => Promise<ReadonlySet<string>>;
  readonly fillHosted: (
    pool: pg.Pool,
    declaration: Declaration,
    rowsOf: (type: string) => Iterable<SampleRow>,
  ) => Promise<number>;
}

/** Fills the tables of the demo's libraries that are in force as they were seeded, where they never had a row.
 *  @param hosted         of `subgraphs/declared`
 *  @param tablesUrl      of the database of hosted tables
 *  @param governanceUrl  of the governance database, up to date
 *  @param residents      number of generated residents, to whom the rows refer
 *  @returns              names of the libraries that were filled, and rows written */
export async function fillLibraries(
  hosted: HostedTables,
  tablesUrl: string,
  governanceUrl: string,
  residents: number,
): Promise<{ readonly filled: readonly LibraryName[]; readonly rows: number }> {
  const inForce = await findInForce(governanceUrl);
  if (inForce.size === 0) return { filled: [], rows: 0 };
  const pool = openPool({ url: tablesUrl, connections: 2 });
  try {
    const empty = await hosted.findEmptyHosted(pool, [...inForce.values()]);
    const filled = [...inForce.keys()].filter((name) => empty.has(name));
    let rows = 0;
    for (const name of filled) {
      const rowsOf = await loadLibraryRows(name);
      rows += await hosted.fillHosted(pool, inForce.get(name)!, (type) => rowsOf[type]?.(residents) ?? []);
    }
    return { filled, rows };
  } finally {
    await pool.end();
  }
}

/** The libraries whose version in force is the demo's own. */
async function findInForce(governanceUrl: string): Promise<ReadonlyMap<LibraryName, Declaration>> {
  const pool = openPool({ url: governanceUrl, connections: 1 });
  try {
    const { rows } = await pool.query<{ url: string }>(
      `select url from subgraph_version where state = 'PUBLISHED' and subgraph = any($1)`,
      [LIBRARY_NAMES],
    );
    const urls = new Set(rows.map(({ url }) => url));
    const found = new Map<LibraryName, Declaration>();
    if (urls.size === 0) return found;
    for (const name of LIBRARY_NAMES) {
      const text = readLibrary(name);
      const { declaration } = parseDeclaration(text);
      if (declaration && urls.has(declaredAddress(name, text))) found.set(name, declaration);
    }
    return found;
  } finally {
    await pool.end();
  }
}
