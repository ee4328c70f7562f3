import type { EntityClass, MikroORM } from '@mikro-orm/postgresql';
import { fillOnce, openOrm, type BulkInsert, type Migrations } from '../database/index.js';
import type { SubjectHash } from '../evidence/subject-keys.js';
import { createSubgraph, type RunningSubgraph, type SubgraphOptions } from './create-subgraph.js';
import type { SubgraphDefinition } from './definition.js';

/** A subgraph with a database of its own and generated rows to begin with. */
export interface DatabaseSubgraph extends SubgraphDefinition {
  readonly entities: readonly EntityClass<object>[];
  readonly migrations: Migrations;
  readonly seed: Seed;
  /** What is done with the open database before the subgraph is handed to who started it.
   *  @param sdl  what the subgraph publishes */
  readonly opened?: (orm: MikroORM, sdl: string) => Promise<void>;
}
export interface Seed {
  /** A table that has rows once the database has been filled. */
  readonly table: string;
  readonly fill: (insert: BulkInsert, options: SeedOptions) => Promise<void>;
}
export interface SeedOptions {
  /** How many generated residents the sample data is about. */
  readonly residents: number;
  readonly progress: (line: string) => void;
}

/** What a launcher gives to each subgraph; the same for all. */
export interface StartOptions extends Pick<
  SubgraphOptions,
  'port' | 'host' | 'key' | 'logger' | 'onQuery' | 'now' | 'maxBodyBytes'
> {
  readonly databaseUrl: string;
  /** Fill an empty database with sample data about so many residents; leave it empty where not given. */
  readonly residents?: number | undefined;
  readonly progress?: ((line: string) => void) | undefined;
  /** Called with every SQL statement, without its parameters. */
  readonly onSql?: ((sql: string) => void) | undefined;
  /** Jurisdiction whose law governs, a name or the path of a file; only for the subgraph that governs. */
  readonly profile?: string | undefined;
  /** Folder with the calendars of further years. */
  readonly calendarDir?: string | undefined;
  /** Time zone in which days begin, IANA name. */
  readonly timeZone?: string | undefined;
  /** Every hash under which a record may name a subject; only for the subgraph that answers from evidence. */
  readonly hashesOf?: ((subject: string) => readonly SubjectHash[]) | undefined;
  /** Reads a subgraph's own SDL with the hub's registration context; only for the subgraph that keeps the catalogue.
   *  Undefined for one that is not on the graph's list; rejects when it cannot be read. */
  readonly readSdl?: ((subgraph: string) => Promise<string | undefined>) | undefined;
}

/** Opens the database, brings it up to date, fills it when it is empty, and serves.
 *  @param own  what the subgraph's resolvers find in their context beside the kit's
 *  @throws HubError DATABASE_UNAVAILABLE, PORT_IN_USE */
export async function startSubgraph(
  subgraph: DatabaseSubgraph,
  options: StartOptions,
  own?: unknown,
): Promise<RunningSubgraph> {
  const { entities, migrations } = subgraph;
  const orm = await openOrm({ entities, migrations, url: options.databaseUrl, onSql: options.onSql });
  try {
    if (options.residents !== undefined) {
      const { residents, progress = () => undefined } = options;
      await fillOnce(orm, subgraph.seed.table, (insert) => subgraph.seed.fill(insert, { residents, progress }));
    }
    const running = await createSubgraph({ ...subgraph, ...options, orm, own });
    await subgraph
      .opened?.(orm, running.sdl)
      .catch((error: unknown) => running.stop().then(() => Promise.reject(error)));
    return { ...running, stop: () => running.stop().finally(() => orm.close(true)) };
  } catch (error) {
    await orm.close(true).catch(() => undefined);
    throw error;
  }
}

/** Fills a subgraph's database without serving it.
 *  @returns false when it had rows already */
export async function seedSubgraph(
  { entities, migrations, seed }: DatabaseSubgraph,
  { databaseUrl, ...options }: SeedOptions & { readonly databaseUrl: string },
): Promise<boolean> {
  const orm = await openOrm({ entities, migrations, url: databaseUrl });
  try {
    return await fillOnce(orm, seed.table, (insert) => seed.fill(insert, options));
  } finally {
    await orm.close(true);
  }
}
