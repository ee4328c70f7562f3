import type { ColumnType, Kysely } from 'kysely';
import type { EvidenceTables } from '../../../shared/evidence/store/index.js';
import { openTables, type Database } from '../core/index.js';

type Timestamp = ColumnType<Date | string, Date, Date>;

/** Columns of `UseSeal`; declared by hand, since the names of four differ from those of its properties. */
interface UseSealTable {
  readonly id: string;
  readonly department: string;
  readonly scenario: string | null;
  readonly grant_id: string | null;
  readonly from_at: Timestamp;
  readonly until_at: Timestamp;
  readonly reason: string;
  readonly basis: string[];
  readonly lifted_at: Timestamp | null;
}

/** The room's own table, and those of shared/evidence, which this room exists to read. */
export type EvidenceRoomTables = EvidenceTables & { use_seal: UseSealTable };
export type EvidenceDatabase = Kysely<EvidenceRoomTables>;

export const evidenceTables = (database: Database): EvidenceDatabase => openTables<EvidenceRoomTables>(database);
