import { type EvidenceTables, findProvidersOf } from '../../../shared/evidence/store/index.js';
import { requireRecord } from './audit-log/require-record.js';
import { type Database, openTables } from './open-tables.js';

/** Departments that provide items by the newest graph, for the record of an act.
 *  @throws HubError EVIDENCE_UNAVAILABLE */
export const providersOf = (database: Database, coordinates: readonly string[]): Promise<string[]> =>
  requireRecord(() => findProvidersOf(openTables<EvidenceTables>(database), coordinates));
