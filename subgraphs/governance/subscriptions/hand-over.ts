import type { HandOver } from '../core/index.js';
import { say } from './messages/index.js';
import { subscriptionTables } from './tables.js';

/** Hands over deliveries of uses and acts of departments that end: they go on from where they are. */
export async function handOverSubscriptions({ database, moves, moved, gap }: HandOver): Promise<void> {
  const db = subscriptionTables(database);
  for (const [from, to] of moves.ended) {
    const live = await db
      .selectFrom('evidence.subscription')
      .select(['id', 'target'])
      .where('department', '=', from)
      .where('ended_at', 'is', null)
      .orderBy('number')
      .execute();
    for (const { id, target } of live) {
      const taken = await db
        .selectFrom('evidence.subscription')
        .select('id')
        .where('department', '=', to)
        .where('target', '=', target)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      if (taken) {
        gap(
          'NAME_TAKEN',
          `subscription/${id}`,
          say('subscription.targetTaken', { department: to, subscription: taken.id }),
        );
        continue;
      }
      await db.updateTable('evidence.subscription').set({ department: to }).where('id', '=', id).execute();
      moved('SUBSCRIPTION', `subscription/${id}`, from, to);
    }
  }
}
