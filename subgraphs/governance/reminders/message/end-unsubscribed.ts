import type pg from 'pg';
import { connectionOf, holdActs, recordActs, type RecordStore } from '../../../../shared/evidence/store/index.js';
import { inTransaction } from '../../core/index.js';
import { reminderTables } from '../tables.js';
import { MessageChannelStore, type MessageClock } from './message-channel.store.js';

interface Options extends MessageClock {
  readonly pool: pg.Pool;
  readonly store: RecordStore;
}

/** Ends the channels that were unsubscribed by the link in a mail, each as an act on record. One that its owner has ended
 *  meanwhile is left as it is. */
export async function endUnsubscribed({ pool, store, ...clock }: Options): Promise<void> {
  const waiting = await reminderTables(pool)
    .selectFrom('message_unsubscription')
    .select('channel')
    .where('ended_at', 'is', null)
    .orderBy('at')
    .limit(100)
    .execute();
  for (const { channel: id } of waiting)
    await inTransaction(pool, async (client, onCommit) => {
      const connection = connectionOf(client);
      const chain = await holdActs(store, connection);
      const at = new Date(clock.now);
      const taken = await reminderTables(client)
        .updateTable('message_unsubscription')
        .set({ ended_at: at })
        .where('channel', '=', id)
        .where('ended_at', 'is', null)
        .returning('channel')
        .executeTakeFirst();
      const channels = new MessageChannelStore(client, clock);
      const channel = taken && (await channels.find(id));
      if (!channel) return;
      await channels.end(channel);
      onCommit(
        await recordActs(store, connection, chain, [
          {
            ...{ time: at.toISOString(), act: 'END_MESSAGES', object: `message-channel/${id}` },
            ...{ concerns: [channel.department], basis: [], reason: '邮件退订', terms: { kind: channel.kind } },
          },
        ]),
      );
    });
}
