import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { viewerKeys } from '../review/viewers.js';

/** True for who reads the files of an application: its parties and reviewers, and not the auditors, who see it as well. */
export const isPartyTo = (visibleTo: readonly string[], caller: FetchContext): boolean =>
  viewerKeys(caller).some((key) => key !== '*auditor' && visibleTo.includes(key));
