import { findGraphItems } from '../../../shared/evidence/store/index.js';
import type { Database } from '../core/index.js';
import { evidenceTables } from './tables.js';

/** The items among these coordinates that the newest graph has, with their providers. */
export const findItems = (database: Database, coordinates: readonly string[]) =>
  findGraphItems(evidenceTables(database), coordinates);
