import type { JWK } from 'jose';
import type { Selectable } from 'kysely';
import type pg from 'pg';
import type { RecordStore } from '../../../../shared/evidence/store/index.js';
import type { WorkingCalendar } from '../../../../shared/law/index.js';
import type { QualityDoor } from '../../../../shared/read-model/quality-check.js';
import type { QualityTables } from '../tables.js';

/** Everything with which runs are carried out. */
export interface QualityRoom {
  /** The governance database. */
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  readonly door: QualityDoor;
  /** Public key under which subgraphs seal the names of failing records. */
  readonly sampleKey: JWK;
  readonly calendar: WorkingCalendar;
  readonly timeZone: string;
  /** ms since the epoch */
  readonly now: () => number;
  readonly signal?: AbortSignal;
}
export type PlaceRow = Selectable<QualityTables['resource_quality']>;
export type RuleRow = Selectable<QualityTables['quality_rule']>;
