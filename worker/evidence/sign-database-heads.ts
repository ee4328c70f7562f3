import type pg from 'pg';
import { openSigningKey } from '../../shared/evidence/keys/index.js';
import { signHead } from '../../shared/evidence/log/index.js';

/** Signs the ends of the chains that are written in the database, where they have moved since they were signed last.
 *  @param keys  file of the keys
 *  @returns     heads signed */
export async function signDatabaseHeads(pool: pg.Pool, keys: string): Promise<number> {
  const { rows } = await pool.query<{ writer: string; seq: string; hash: string; number: number }>(
    `select chain.writer, chain.seq, chain.hash, coalesce(head.number, 0) as number
       from evidence.chain
       left join lateral (select number, seq from evidence.head where head.writer = chain.writer
                           order by number desc limit 1) head on true
      where home <> 'folder' and chain.seq > coalesce(head.seq, -1)`,
  );
  if (rows.length === 0) return 0;
  const key = await openSigningKey(keys);
  for (const { writer, hash, ...row } of rows) {
    const [seq, number] = [Number(row.seq), row.number + 1];
    const line = signHead({ writer, number, seq, hash, time: new Date().toISOString() }, key).trimEnd();
    await pool.query(
      'insert into evidence.head (writer, number, seq, line) values ($1, $2, $3, $4) on conflict do nothing',
      [writer, number, seq, line],
    );
  }
  return rows.length;
}
