import type { JWK } from 'jose';
import { sql } from 'kysely';
import type { SubscriptionDatabase } from '../tables.js';
import type { PushSettings } from './target.rule.js';

/** Publishes the worker's settings for those who subscribe. Deliveries are decided by the settings themselves, not by this
 *  copy of them. */
export async function publishPushSettings(
  db: SubscriptionDatabase,
  { origins, files }: PushSettings,
  key: JWK,
): Promise<void> {
  const settings = { origins: [...origins], files, key: JSON.stringify(key) };
  await db
    .insertInto('evidence.push_offer')
    .values(settings)
    .onConflict((conflict) => conflict.column('one').doUpdateSet({ ...settings, stated_at: sql<Date>`now()` }))
    .execute();
}

/** The settings that were published last; undefined before a worker has run. */
export const readPushSettings = (
  db: SubscriptionDatabase,
): Promise<(PushSettings & { readonly key: JWK }) | undefined> =>
  db.selectFrom('evidence.push_offer').select(['origins', 'files', 'key']).executeTakeFirst();
