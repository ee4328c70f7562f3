import type { InferClassEntityDB } from '@mikro-orm/sql';
import type { JSONColumnType } from 'kysely';
import type { SubjectHash } from '../../../shared/evidence/keys/index.js';
import { type Database, openTables } from '../core/index.js';
import type { CorrectionProcess } from './correction-process.rule.js';
import type { CorrectionState } from './correction-state.rule.js';
import type { Correction } from './correction.entity.js';
import type { CorrectionFile } from './files/correction-file.entity.js';
import type { CorrectionReceipt } from './receipt/correction-receipt.entity.js';

type EntityTables = InferClassEntityDB<typeof Correction | typeof CorrectionReceipt | typeof CorrectionFile>;

export type CorrectionTables = {
  correction: Omit<EntityTables['correction'], 'items' | 'waits_on' | 'process' | 'state' | 'hashes'> & {
    items: string[];
    waits_on: string[];
    process: JSONColumnType<CorrectionProcess>;
    state: JSONColumnType<CorrectionState>;
    hashes: JSONColumnType<readonly SubjectHash[]>;
  };
  correction_file: Omit<EntityTables['correction_file'], 'address'>;
  correction_receipt: Omit<EntityTables['correction_receipt'], 'items'> & { items: string[] };
};
export const correctionTables = (database: Database) => openTables<CorrectionTables>(database);
