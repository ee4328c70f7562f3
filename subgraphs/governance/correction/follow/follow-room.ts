import type pg from 'pg';
import type { SubjectHash } from '../../../../shared/evidence/keys/index.js';
import type { RecordStore } from '../../../../shared/evidence/store/index.js';
import type { WorkingCalendar } from '../../../../shared/law/index.js';
import type { EnvelopeKeys } from '../../../../shared/trust/secret-envelope.js';
import type { RoomHooks } from '../../core/index.js';

/** What corrections are followed with. */
export interface FollowRoom {
  /** The governance database. */
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  /** Every hash under which a record may name a subject. */
  readonly hashesOf: (subject: string) => readonly SubjectHash[];
  readonly keys: EnvelopeKeys;
  readonly calendar: WorkingCalendar;
  /** IANA name. */
  readonly timeZone: string;
  readonly findGrantHolders: RoomHooks['findGrantHolders'];
  /** ms since the epoch. */
  readonly now: number;
}
