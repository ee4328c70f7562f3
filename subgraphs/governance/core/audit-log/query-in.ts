import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import type { Query, Row } from '../../../../shared/evidence/store/index.js';

/** Runs statements in an entity manager's transaction, with their values as parameters. */
export const queryIn = (em: EntityManager): Query => {
  const client = em.getKysely();
  return async (sql, values = []) => (await client.executeQuery<Row>(CompiledQuery.raw(sql, [...values]))).rows;
};
