import { type Database } from '../../core/index.js';
import { findDuties } from '../../register/index.js';

/** Reports whether a department has a function now. */
export const isDutyOf = async (database: Database, id: string, department: string): Promise<boolean> =>
  (await findDuties(database, department)).some((duty) => duty.id === id);
