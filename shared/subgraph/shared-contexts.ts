import type { MikroORM } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { openOrmOn } from '../database/index.js';
import { refused, type FetchContext } from '../trust/signed-context.js';
import { AcceptedContexts, type ContextMemory } from './accepted-contexts.js';

/** Serialises processes that make the table at the same time. */
const TABLE_LOCK = 7365;
const TABLE = `create table if not exists accepted_context (id text primary key, expires_at timestamptz not null)`;
const ACCEPT = `insert into accepted_context (id, expires_at) values (?, to_timestamp(?)) on conflict do nothing returning id`;
/** A process whose clock is behind may still accept what has expired by this one's. */
const FORGET = `delete from accepted_context where expires_at < to_timestamp(?) - interval '5 minutes'`;
const FORGET_MS = 60_000;

/** The contexts that any process of a subgraph has accepted, in the table `accepted_context` of its database, so that each
 *  is accepted once by all of them, and not again after a restart. Each costs one durable statement. A context that cannot
 *  be written down is not accepted. @source share-rules section 4 */
export class SharedContexts implements ContextMemory {
  private forgottenAt = 0;

  private constructor(private readonly orm: MikroORM) {}

  static async open(orm: MikroORM): Promise<SharedContexts> {
    await orm.em.fork().transactional(async (em) => {
      await em.execute(`select pg_advisory_xact_lock(${TABLE_LOCK})`);
      await em.execute(TABLE);
    });
    return new SharedContexts(orm);
  }

  async accept({ id, expiresAt }: Pick<FetchContext, 'id' | 'expiresAt'>, now: number): Promise<void> {
    const em = this.orm.em.fork();
    const added = await em.execute<unknown[]>(ACCEPT, [id, expiresAt]);
    if (added.length === 0) throw refused('it was accepted before');
    if (now - this.forgottenAt < FORGET_MS) return;
    this.forgottenAt = now;
    await em.execute(FORGET, [now / 1000]);
  }
}

/** What remembers the accepted contexts of several subgraphs in one process.
 *  @param pool  of a database that all processes of these subgraphs have; where not given, this process remembers for itself */
export const openContexts = (pool: pg.Pool | undefined): Promise<ContextMemory> =>
  pool ? SharedContexts.open(openOrmOn(pool, [])) : Promise.resolve(new AcceptedContexts());
