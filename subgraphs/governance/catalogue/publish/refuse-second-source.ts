import type { CatalogueResult } from '../entry/catalogue-result.js';
import { refuse } from '../entry/execute-entry-command.js';
import { say } from '../messages/index.js';
import { joinTexts } from '../../../../shared/kernel/index.js';

/** Refuses to put items in force that another entry has in force. @source HZ-3.1a */
export const refuseSecondSource = (taken: readonly string[]): CatalogueResult =>
  refuse('SOURCE_NOT_UNIQUE', say('publish.taken', { items: joinTexts(taken.slice(0, 10), ',') }), ['HZ-3.1a']);
