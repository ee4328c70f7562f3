import type { EntityManager } from '@mikro-orm/postgresql';
import type { Query, Row } from '../../../shared/evidence/store/store-connection.js';

/** Reads the tables of evidence, which no entity stands for. */
export const evidenceQuery =
  (em: EntityManager): Query =>
  async (sql, values = []) => {
    const pool = await em.getConnection().getNativeClient();
    return (await pool.query<Row>(sql, values as unknown[])).rows;
  };
