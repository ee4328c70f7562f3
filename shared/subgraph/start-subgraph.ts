import type { EntityClass, MikroORM } from '@mikro-orm/postgresql';
import { fillOnce, openOrm, type BulkInsert, type Migrations } from '../database/index.js';
import { createSubgraph, type RunningSubgraph, type SubgraphOptions } from './create-subgraph.js';
import type { SubgraphDefinition } from './definition.js';
import type { FollowCaller } from './follow-caller.js';

/** A subgraph with a database of its own, and generated rows to begin with where it has a seed. */
export interface DatabaseSubgraph extends SubgraphDefinition {
  readonly entities: readonly EntityClass<object>[];
  readonly migrations: Migrations;
  readonly seed?: Seed;
}
export interface Seed {
  /** Table that has rows once the database has been filled. */
  readonly table: string;
  readonly fill: (insert: BulkInsert, options: SeedOptions) => Promise<void>;
}
export interface SeedOptions {
  /** Number of generated residents in the sample data. */
  readonly residents: number;
  readonly progress: (line: string) => void;
}

/** Options that a launcher gives to every subgraph. */
export interface StartOptions extends Pick<
  SubgraphOptions,
  'port' | 'host' | 'key' | 'sharedContexts' | 'statistics' | 'logger' | 'onQuery' | 'now' | 'maxBodyBytes'
> {
  readonly databaseUrl: string;
  /** Fill an empty database with sample data about so many residents; leave it empty where not given. */
  readonly residents?: number | undefined;
  readonly progress?: ((line: string) => void) | undefined;
  /** Called with every SQL statement, without its parameters. */
  readonly onSql?: ((sql: string) => void) | undefined;
}

/** Additions of one subgraph to what the kit does at its start. */
export interface SubgraphExtension {
  /** Given to the subgraph's resolvers as `own` in their context. */
  readonly own?: unknown;
  readonly followCaller?: FollowCaller;
  /** Runs before the subgraph is handed to its launcher; when it rejects, the subgraph does not start.
   *  @param sdl  as the subgraph publishes it */
  readonly onStart?: (orm: MikroORM, sdl: string) => Promise<void>;
}

/** Opens the database, brings it up to date, fills it when it is empty, and serves.
 *  @throws HubError DATABASE_UNAVAILABLE, PORT_IN_USE, SUBGRAPH_INVALID */
export async function startSubgraph(
  subgraph: DatabaseSubgraph,
  options: StartOptions,
  { own, followCaller, onStart }: SubgraphExtension = {},
): Promise<RunningSubgraph> {
  const { entities, migrations } = subgraph;
  const orm = await openOrm({ entities, migrations, url: options.databaseUrl, onSql: options.onSql });
  try {
    const { seed } = subgraph;
    if (options.residents !== undefined && seed) {
      const { residents, progress = () => undefined } = options;
      await fillOnce(orm, seed.table, (insert) => seed.fill(insert, { residents, progress }));
    }
    const running = await createSubgraph({ ...subgraph, ...options, orm, own, followCaller });
    try {
      await onStart?.(orm, running.sdl);
    } catch (error) {
      await running.stop();
      throw error;
    }
    return { ...running, stop: () => running.stop().finally(() => orm.close(true)) };
  } catch (error) {
    // Why it did not start matters more than a pool that cannot be closed either.
    await orm.close(true).catch(() => undefined);
    throw error;
  }
}

/** Fills a subgraph's database without serving it.
 *  @returns false when it had rows already, or has no seed */
export async function seedSubgraph(
  { entities, migrations, seed }: DatabaseSubgraph,
  { databaseUrl, ...options }: SeedOptions & { readonly databaseUrl: string },
): Promise<boolean> {
  if (!seed) return false;
  const orm = await openOrm({ entities, migrations, url: databaseUrl });
  try {
    return await fillOnce(orm, seed.table, (insert) => seed.fill(insert, options));
  } finally {
    await orm.close(true);
  }
}
