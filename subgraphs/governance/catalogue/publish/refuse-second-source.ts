import type { CatalogueResult } from '../entry/catalogue-result.js';
import { refuse } from '../entry/execute-entry-command.js';

/** Refuses to put items in force that another entry has in force. @source HZ-3.1a */
export const refuseSecondSource = (taken: readonly string[]): CatalogueResult =>
  refuse('SOURCE_NOT_UNIQUE', `Another entry has these items in force: ${taken.slice(0, 10).join(', ')}.`, ['HZ-3.1a']);
