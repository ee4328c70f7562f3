import type { JWK } from 'jose';
import type { Query } from '../../../../shared/evidence/store/index.js';
import type pg from 'pg';
import type { PushOffer } from './target.rule.js';

/** States what the worker's settings allow, for whoever subscribes. What a delivery may do is decided by the settings
 *  themselves, not by this. */
export async function statePushOffer(pool: pg.Pool, { origins, files }: PushOffer, key: JWK): Promise<void> {
  await pool.query(
    `insert into evidence.push_offer (origins, files, key) values ($1, $2, $3)
     on conflict (one) do update set origins = excluded.origins, files = excluded.files, key = excluded.key, stated_at = now()`,
    [origins, files, key],
  );
}

/** What was stated last; undefined before a worker has run. */
export async function readPushOffer(query: Query): Promise<(PushOffer & { readonly key: JWK }) | undefined> {
  const [row] = await query('select origins, files, key from evidence.push_offer');
  return row && { origins: row['origins'] as string[], files: row['files'] as boolean, key: row['key'] as JWK };
}
