import { correctionTables } from '../tables.js';
import { closeSettled } from './close-settled.js';
import type { FollowRoom } from './follow-room.js';
import { proveCorrection } from './prove-correction.js';
import { renewHashes } from './renew-hashes.js';
import { tellUsers } from './tell-users.js';

/** Takes every open correction on by what the hub itself finds out: that a new read has shown the change, who has to be told,
 *  and that nobody has objected in time. Each step is found from the state alone, so the process may be killed at any point.
 *  @returns number of steps made
 *  @throws the first failure, after every correction had its turn */
export async function followCorrections(room: FollowRoom): Promise<number> {
  const rows = await correctionTables(room.pool)
    .selectFrom('correction')
    .select(['id', 'status'])
    .where('closed_at', 'is', null)
    .where('accepted_at', 'is not', null)
    .orderBy('id')
    .execute();
  let steps = 0;
  let failed: { readonly error: unknown } | undefined;
  for (const { id, status } of rows)
    try {
      if (await renewHashes(room, id)) steps++;
      if (status === 'UPHELD' && (await proveCorrection(room, id))) steps++;
      if (status === 'REJECTED' && (await tellUsers(room, id))) steps++;
      if ((status === 'REJECTED' || status === 'NOTIFIED') && (await closeSettled(room, id))) steps++;
    } catch (error) {
      failed ??= { error };
    }
  if (failed) throw failed.error;
  return steps;
}
