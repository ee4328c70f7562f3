import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import type { RecordStore } from '../../../../../shared/evidence/store/index.js';
import type { ComparePairs } from '../../../../../shared/read-model/compared-pairs.js';
import type { EnvelopeKeys } from '../../../../../shared/trust/secret-envelope.js';
import type { CaseRoom } from '../../check-case.js';

/** What checks are carried out with. */
export interface RunRoom extends Omit<CaseRoom, 'now'> {
  /** The governance database. */
  readonly pool: pg.Pool;
  readonly store: RecordStore;
  readonly compare: ComparePairs;
  /** Key of the hashes by which a check knows a subject again. */
  readonly subjectKey: KeyObject;
  /** Seal the marks of runs. */
  readonly markKeys: EnvelopeKeys;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Ends the work after the batch that it is at. */
  readonly signal?: AbortSignal | undefined;
}
