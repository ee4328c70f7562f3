import { hashSubject, openSubject } from '../subject-seal.js';
import { correctionTables } from '../tables.js';
import { readCorrection } from './change-correction.js';
import type { FollowRoom } from './follow-room.js';

/** Hashes the subject of an open correction anew when the keys of subjects have changed, so that answers still carry its flag
 *  after the key of before is destroyed.
 *  @returns false where nothing has changed */
export async function renewHashes({ pool, hashesOf, keys }: FollowRoom, id: string): Promise<boolean> {
  const row = await readCorrection({ pool }, id);
  // Which keys there are is seen by hashing anything.
  const kept = hashesOf('').map(({ key }) => key);
  if (kept.join() === row.hashes.map(({ key }) => key).join()) return false;
  const identifier = await openSubject(row.sealed, keys, id);
  const hashes = hashSubject(hashesOf, { kind: row.subject_kind, identifier });
  const { numUpdatedRows } = await correctionTables(pool)
    .updateTable('correction')
    .set({ hashes: JSON.stringify(hashes) })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
