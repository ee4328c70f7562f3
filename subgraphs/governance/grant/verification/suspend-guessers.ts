import { sql } from 'kysely';
import { connectionOf, holdActs, recordActs } from '../../../../shared/evidence/store/index.js';
import { type Database, inTransaction } from '../../core/index.js';
import { findDepartments, suspendSystemByHub } from '../../register/index.js';
import { grantTables } from '../tables.js';
import type { GuessWatch } from './announce-locks.js';

/** Our own safeguards; no text of law names numbers. */
export interface GuessShare {
  /** Comparisons of a system in a day that are too few to judge it by. */
  readonly checks: number;
  /** Percentage of them that may be left unconfirmed. */
  readonly percent: number;
}

/** A run that has not ended after this, milliseconds, was of a gateway that is gone: all of it counts as not confirmed. */
const LOST_AFTER = '2 minutes';

/** Suspends the systems of whose comparisons of the last day too many were not confirmed, until the authority resumes them. What
 *  they were suspended for does not count again. It may be killed at any point.
 *  @returns systems that were suspended */
export async function suspendGuessers({ pool, store, now }: GuessWatch, share: GuessShare): Promise<string[]> {
  const suspended: string[] = [];
  for (const system of await findGuessers(pool, share))
    await inTransaction(pool, async (client, onCommit) => {
      const connection = connectionOf(client);
      const chain = await holdActs(store, connection);
      const [guesser] = await findGuessers(client, share, system.name);
      if (!guesser) return;
      await grantTables(client).deleteFrom('verification_run').where('system', '=', guesser.name).execute();
      const department = await suspendSystemByHub(client, guesser.name);
      if (department === undefined) return;
      const authorities = await findDepartments(client, { role: 'authority' });
      const { checks, misses } = guesser;
      const act = {
        time: new Date(now).toISOString(),
        act: 'SUSPEND_SYSTEM' as const,
        object: `system/${guesser.name}`,
        concerns: [...new Set([department, ...authorities.map(({ code }) => code)])],
        basis: [],
        reason: `一日内比对 ${checks} 项，${misses} 项未获确认。${misses} of ${checks} claims that it had compared in a day were not confirmed.`,
        terms: { department, suspended: true, checks, misses },
      };
      onCommit(await recordActs(store, connection, chain, [act]));
      suspended.push(guesser.name);
    });
  return suspended;
}

interface Guesser {
  readonly name: string;
  readonly checks: number;
  readonly misses: number;
}

async function findGuessers(database: Database, share: GuessShare, only?: string): Promise<Guesser[]> {
  const settled = sql<boolean>`(misses is not null or at < now() - ${LOST_AFTER}::interval)`;
  const rows = await grantTables(database)
    .selectFrom('verification_run')
    .select([
      'system as name',
      sql<string>`sum(checks)`.as('checks'),
      sql<string>`sum(coalesce(misses, checks))`.as('misses'),
    ])
    .where(settled)
    .where(sql<boolean>`at > now() - interval '1 day'`)
    .$if(only !== undefined, (query) => query.where('system', '=', only!))
    .groupBy('system')
    .having(sql<boolean>`sum(checks) >= ${share.checks}`)
    .having(sql<boolean>`sum(coalesce(misses, checks)) * 100 > sum(checks) * ${share.percent}`)
    .orderBy('system')
    .execute();
  return rows.map(({ name, checks, misses }) => ({ name, checks: Number(checks), misses: Number(misses) }));
}
